// The page starts under its policy, at the root of a host and at a sub-path, and asks nobody else.
import { expect, test } from "@playwright/test";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

for (const [where, address] of [
  ["the root of a host", process.env.POP3LAB_URL],
  ["a sub-path", process.env.POP3LAB_SUB_URL],
]) {
  test(`the page starts at ${where}`, async ({ page }) => {
    const complaints = [];
    const requests = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
    page.on("request", (request) => requests.push(request.url()));
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });

    const program = page.waitForResponse((response) => response.url().endsWith(".wasm"));
    const response = await page.goto(address);
    expect(response.headers()["content-security-policy"]).toBe(POLICY);
    expect((await program).headers()["content-encoding"]).toBe("br");
    await expect(page).toHaveTitle("POP3 Lab");
    await page.waitForLoadState("networkidle");

    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(address))).toEqual([]);
    // What is preloaded is what is used: nothing is fetched twice.
    expect(requests.filter((url, at) => requests.indexOf(url) !== at)).toEqual([]);
  });
}
