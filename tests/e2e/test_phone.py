"""On a phone, by thumb: logging between two calls, and targets that a thumb can hit."""

import pytest
from playwright.sync_api import expect

from .patience import settled
from .test_brief import hold

SMALL = """() => {
  const words = (node) => node.nodeType === 3 && node.data.trim();
  const inSentence = (link) => [...link.parentElement.childNodes].some(words);
  const kinds = ["a[href]", "button", "select", "summary", "input"].map((kind) => `main ${kind}`).join();
  const seen = [...document.querySelectorAll(`${kinds}, #tab-bar a`)];
  return seen.filter((one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })).flatMap((one) => {
    // What is tapped of a ticked or chosen field is its label.
    const target = one.matches("[type=checkbox], [type=radio]") ? one.closest("label") ?? one : one;
    const { width, height, left, right } = target.getBoundingClientRect();
    // A link may be tapped beyond its words, where it lays an empty box around itself.
    const around = getComputedStyle(one, "::after");
    const reach = around.content !== "none" && around.position === "absolute" ? parseFloat(around.height) : 0;
    const away = right <= 0 || left >= innerWidth || !width;
    if (away || (one.matches("a") && inSentence(one)) || one.type === "hidden") return [];
    const said = `${Math.round(width)} × ${Math.round(height)}: ${one.outerHTML.slice(0, 110)}`;
    return Math.max(height, reach) < 47.5 ? [said] : [];
  });
}"""


@pytest.mark.parametrize("seed", ["day"], indirect=True)
def test_log_by_thumb(live, phone):
    phone.goto("/")
    phone.locator("#tab-bar").get_by_role("link", name="Log").tap()
    phone.wait_for_url("**/log/")
    box = phone.locator("#log-text")
    box.tap()
    button = phone.locator("#quick-log .button--primary:visible")
    place = button.bounding_box()
    phone.keyboard.type("called Dana, left vm, call back thu 10am")
    preview = phone.locator("#log-preview")
    preview.locator("label.chip", has_text="Dana Moss").tap()
    preview.locator("summary", has_text="Initech").or_(
        preview.locator("summary", has_text="Dana Moss")
    ).first.wait_for()
    preview.locator("summary", has_text="oicemail").tap()
    preview.locator("label.chip", has_text="Call, connected").tap()
    preview.locator("summary", has_text="connected").wait_for()
    assert button.bounding_box() == place  # whatever came meanwhile, a tap lands where it was meant
    button.tap()
    phone.wait_for_selector(".toast-text >> text=Logged")
    expect(box).to_have_value("")
    assert live.rows(
        "select a.outcome, p.name from accounts_activity a join accounts_prospect p on p.id = a.prospect_id "
        "where a.text like 'called Dana, left vm%'"
    ) == [("connected", "Initech")]
    assert live.rows("select count(*) from accounts_step where due_time like '10:00%'") == [(1,)]


CARD = """async () => {
  const lines = [{ label: "Next", text: "Call Dana back, tomorrow.", tone: "me", when: "" }];
  const queue = [{ contact: 7, prospect: 3, what: "Call Dana back", due: "tomorrow" },
                 { contact: 8, prospect: 3, what: "Send the price", due: "Friday" }];
  const data = { people: [], queue, briefs: [{ id: 3, prospect: "Acme", lines, wrong: "tel:+14155550100" }] };
  callbackOutbox.reading = async () => ({ at: Date.now(), data });
  const told = [];
  for (const [contact, prospect, number] of [["7", "", ""], ["8", "", ""], ["", "3", "+14155550100"]]) {
    const call = { contact, prospect, number };
    const into = document.createElement("div");
    document.dispatchEvent(new CustomEvent("call-offline", { detail: { call, into } }));
    await new Promise((drawn) => new MutationObserver(drawn).observe(into, { childList: true }));
    told.push([...into.querySelectorAll("dt")].map((one) => one.textContent).slice(0, -1));
  }
  return told;
}"""


def test_what_the_device_says_by_itself(live, phone):
    phone.goto("/log/")
    for text in ("one", "two", "three"):
        phone.evaluate(
            "(text) => document.dispatchEvent(new CustomEvent('toast', { detail: { text, undo: '/x/' } }))", text
        )
    expect(phone.locator(".toast-text")).to_have_text(["three", "two"])
    # Without a connection the card has the next step once; another step than that stands in front of it.
    assert phone.evaluate(CARD) == [["Next"], ["Next step", "Next"], ["Number", "Next"]]


@pytest.mark.parametrize("seed", ["day"], indirect=True)
def test_enter_is_a_new_line_on_a_phone(live, phone):
    phone.goto("/log/")
    phone.locator("#log-text").tap()
    phone.keyboard.type("one")
    phone.keyboard.press("Enter")
    phone.keyboard.type("two")
    expect(phone.locator("#log-text")).to_have_value("one\ntwo")


@pytest.mark.parametrize("seed", ["year"], indirect=True)
def test_a_thumb_hits_everything(live, phone):
    [(deal, prospect)] = live.rows(
        "select id, prospect_id from deals_deal where outcome = 'open' order by amount desc limit 1"
    )
    small = []
    for address in (
        "/",
        "/log/",
        "/calls/create/",
        "/settings/phone/",
        "/deals/",
        "/prospects/",
        f"/prospects/{prospect}/",
        f"/deals/{deal}/",
    ):
        phone.goto(address)
        settled(phone)
        small += [f"{address} {words}" for words in phone.evaluate(SMALL)]
    assert not small, "\n" + "\n".join(small)


@pytest.mark.parametrize("seed", ["year"], indirect=True)
def test_the_board_shows_a_column_at_a_time(live, phone):
    phone.goto("/deals/")
    settled(phone)
    lefts = phone.locator(".board-column").evaluate_all("all => all.map((one) => one.getBoundingClientRect().left)")
    assert sum(0 <= left < 300 for left in lefts) == 1
    phone.locator(".board").evaluate("board => board.scrollBy(350, 0)")
    # It comes to rest with the second column in front.
    phone.wait_for_function(
        """() => {
          const { left } = document.querySelectorAll(".board-column")[1].getBoundingClientRect();
          return -1 <= left && left < 60;
        }"""
    )
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("seed", ["day"], indirect=True)
def test_a_long_press_beside_the_log_shows_the_brief(live, phone):
    phone.goto("/log/")
    hold(phone, phone.locator("main .recent[data-brief]").first)
    assert phone.url.endswith("/log/")
