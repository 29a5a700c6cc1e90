//! Diagrams of whole sessions.

use super::*;
use crate::policy::{Policy, Road};
use crate::ui::lab::Lab;
use crate::ui::wish::Wish;

fn lit(diagram: &Diagram) -> Vec<(String, Vec<Side>)> {
    let nodes = diagram.nodes.iter().filter(|node| !node.here.is_empty());
    nodes.map(|node| (node.label.clone(), node.here.clone())).collect()
}

fn taken(diagram: &Diagram) -> Vec<String> {
    let edges = diagram.edges.iter().filter(|edge| edge.weight == Weight::Taken);
    edges.map(|edge| edge.label.clone()).collect()
}

#[test]
fn the_picture_lights_where_the_machines_stand_and_draws_the_step_just_taken() {
    let mut lab = Lab::default();
    lab.send(b"USER alice\r\n".to_vec());
    let view = lab.view();
    let connection = view.connection();
    for form in [Form::Strip, Form::Column] {
        let tcp = tcp(connection.as_deref(), form);
        assert_eq!(lit(&tcp), [("ESTABLISHED".to_string(), vec![Side::Client, Side::Server])]);
        let pop3 = pop3(connection.as_deref(), form);
        assert_eq!(lit(&pop3), [("AUTHORIZATION".to_string(), vec![Side::Server])]);
        assert_eq!(taken(&pop3), ["USER"]);
    }
}

#[test]
fn stls_is_a_loop_on_its_own_road_until_it_is_done_with() {
    let loops = |lab: &Lab| -> [Vec<Weight>; 2] {
        let view = lab.view();
        let picture = |form| pop3(view.connection().as_deref(), form);
        let of = |edges: Vec<Edge>| edges.into_iter().filter(|edge| edge.label == "STLS");
        [Form::Strip, Form::Column].map(|form| of(picture(form).edges).map(|edge| edge.weight).collect())
    };
    let mut lab = Lab::default();
    assert_eq!(loops(&lab), [vec![], vec![]], "on the road of postcards");
    lab.act(Wish::terms(Policy { security: Road::Stls.security(), ..Policy::default() }, 110));
    assert_eq!(loops(&lab), [vec![Weight::Open], vec![Weight::Open]]);
    lab.send(b"STLS\r\n".to_vec());
    assert_eq!(loops(&lab), [vec![Weight::Taken], vec![Weight::Taken]]);
    lab.send(b"USER alice\r\n".to_vec());
    assert_eq!(loops(&lab), [vec![], vec![]], "once is enough");
}

#[test]
fn every_phase_and_state_has_a_place_in_both_forms() {
    for form in [Form::Strip, Form::Column] {
        assert_eq!(tcp(None, form).nodes.len(), 12);
        // An exchange of AUTH stands where otherwise a name stands.
        assert_eq!(pop3(None, form).nodes.len(), Phase::ALL.len() - 1);
        let mut lab = Lab::default();
        lab.send(b"AUTH LOGIN\r\n".to_vec());
        let view = lab.view();
        let picture = pop3(view.connection().as_deref(), form);
        assert_eq!(lit(&picture), [("AUTHORIZATION".to_string(), vec![Side::Server])]);
        assert!(!picture.nodes[1].here.is_empty());
        assert_eq!(taken(&picture), ["AUTH +"]);
    }
}

#[test]
fn nodes_do_not_overlap_and_stay_inside() {
    for form in [Form::Strip, Form::Column] {
        for diagram in [tcp(None, form), pop3(None, form)] {
            for (index, node) in diagram.nodes.iter().enumerate() {
                let (x, y) = (node.size.0 / 2, node.size.1 / 2);
                assert!(node.at.0 >= x && node.at.0 + x <= diagram.width, "{} in {form:?}", node.label);
                assert!(node.at.1 >= y && node.at.1 + y <= diagram.height, "{} in {form:?}", node.label);
                for other in &diagram.nodes[index + 1..] {
                    let apart_x = (node.at.0 - other.at.0).abs() >= (node.size.0 + other.size.0) / 2;
                    let apart_y = (node.at.1 - other.at.1).abs() >= (node.size.1 + other.size.1) / 2;
                    assert!(apart_x || apart_y, "{} and {} in {form:?}", node.label, other.label);
                }
            }
        }
    }
}

#[test]
fn no_word_lies_on_the_head_of_its_edge() {
    for form in [Form::Strip, Form::Column] {
        for edge in [tcp(None, form), pop3(None, form)].into_iter().flat_map(|diagram| diagram.edges) {
            let path: Vec<i32> =
                edge.path.split(['M', 'L', 'Q', 'C', ' ']).filter_map(|it| it.parse().ok()).collect();
            let [.., from_x, from_y, x, y] = path[..] else { panic!("{} is no path", edge.path) };
            // The middle of the head, and the word with the ground around it.
            let length = ((x - from_x).pow(2) + (y - from_y).pow(2)).isqrt().max(1);
            let head = (x + (from_x - x) * 4 / length, y + (from_y - y) * 4 / length);
            let beside = (head.0 - edge.label_at.0).abs() > edge.label.len() as i32 * 4 + 3;
            let over = head.1 > edge.label_at.1 + 3 || head.1 < edge.label_at.1 - 13;
            assert!(beside || over, "{} in {form:?}", edge.label);
        }
    }
}
