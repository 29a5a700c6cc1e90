//! Reads as much of a WebAssembly module as weighing takes: sections, function bodies and names.

/// What one module holds, in octets.
#[derive(Debug, Default, PartialEq)]
pub struct Anatomy {
    /// Every section, in order.
    pub sections: Vec<(String, usize)>,
    /// Every function with a body, in order.
    pub functions: Vec<(String, usize)>,
}

const SECTIONS: &[&str] = &[
    "custom",
    "types",
    "imports",
    "functions",
    "tables",
    "memory",
    "globals",
    "exports",
    "start",
    "elements",
    "code",
    "data",
    "data count",
    "tags",
];

/// Takes a module apart; `None` if it is none, or is cut short.
pub fn dissect(module: &[u8]) -> Option<Anatomy> {
    let mut rest = Cursor(module.strip_prefix(b"\0asm\x01\0\0\0")?);
    let mut anatomy = Anatomy::default();
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), Vec::new());
    while !rest.0.is_empty() {
        let id = rest.octet()?;
        let size = rest.number()?;
        let mut content = Cursor(rest.take(size)?);
        let mut section = SECTIONS.get(usize::from(id)).copied().unwrap_or("unknown").to_owned();
        match id {
            0 => {
                section = content.text()?;
                if section == "name" {
                    names = function_names(content)?;
                }
            }
            2 => imported = imported_functions(content)?,
            10 => {
                for _ in 0..content.number()? {
                    let size = content.number()?;
                    content.take(size)?;
                    bodies.push(size);
                }
            }
            _ => {}
        }
        anatomy.sections.push((section, size));
    }
    anatomy.functions = bodies
        .into_iter()
        .enumerate()
        .map(|(at, size)| {
            let index = imported + at;
            let name = names.iter().find(|(named, _)| *named == index);
            (name.map_or_else(|| format!("function {index}"), |(_, it)| it.clone()), size)
        })
        .collect();
    Some(anatomy)
}

/// Subsection 1 of the section `name`: pairs of a function's index and its name.
fn function_names(mut names: Cursor<'_>) -> Option<Vec<(usize, String)>> {
    while !names.0.is_empty() {
        let id = names.octet()?;
        let size = names.number()?;
        let mut content = Cursor(names.take(size)?);
        if id == 1 {
            let count = content.number()?;
            return (0..count).map(|_| Some((content.number()?, content.text()?))).collect();
        }
    }
    Some(Vec::new())
}

/// How many imports are functions: they take the first indices.
fn imported_functions(mut imports: Cursor<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..imports.number()? {
        imports.text()?;
        imports.text()?;
        match imports.octet()? {
            0 | 4 => {
                functions += 1;
                imports.number()?;
            }
            kind @ (1 | 2) => {
                if kind == 1 {
                    imports.octet()?;
                }
                let limits = imports.octet()?;
                imports.number()?;
                if limits & 1 == 1 {
                    imports.number()?;
                }
            }
            _ => {
                imports.octet()?;
                imports.octet()?;
            }
        }
    }
    Some(functions)
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn octet(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, size: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(taken)
    }

    /// LEB128, unsigned.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let octet = self.octet()?;
            number |= usize::from(octet & 0x7F) << shift;
            if octet & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let size = self.number()?;
        Some(String::from_utf8_lossy(self.take(size)?).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::dissect;

    /// One import `m.f`, then one function of two octets, which is called `own`.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x07\x01\x01m\x01f\0\0\
        \x03\x02\x01\0\x0A\x04\x01\x02\0\x0B\0\x0D\x04name\x01\x06\x01\x01\x03own";

    #[test]
    fn names_skip_the_imports() {
        let anatomy = dissect(MODULE).unwrap();
        assert_eq!(anatomy.functions, [("own".into(), 2)]);
        assert!(anatomy.sections.contains(&("code".into(), 4)));
    }

    #[test]
    fn a_module_cut_short_is_refused() {
        assert_eq!(dissect(&MODULE[..MODULE.len() - 1]), None);
        assert_eq!(dissect(b"no module"), None);
    }
}
