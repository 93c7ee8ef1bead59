"""Drives the admin as a browser without JavaScript does: reads a page's form, fills it in, sends it."""

from html import unescape

from django.urls import reverse
from html5lib import parse

#: Inputs that a browser leaves out unless they are pressed or checked.
UNSENT = ("submit", "checkbox")


def address(noun: str, view: str = "add", *args) -> str:
    return reverse(f"admin:meetings_{noun}_{view}", args=args)


def page_of(record) -> str:
    return address(record._meta.model_name, "change", record.pk)


def fields(response) -> dict:
    """What a browser would send of the page's form, as it stands."""
    root = parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(form for form in root.iter("form") if form.get("id", "").endswith("_form"))
    sent: dict = {}
    for element in form.iter():
        name = element.get("name")
        if not name or "__prefix__" in name:
            continue
        if element.tag == "textarea":
            # As HTML has it, whatever the page says.
            sent[name] = "\r\n".join("".join(element.itertext()).splitlines())
        elif element.tag == "select":
            chosen = [option.get("value") for option in element.iter("option") if "selected" in option.attrib]
            if "multiple" in element.attrib:
                sent[name] = chosen
            else:
                first = next((option.get("value") for option in element.iter("option")), "")
                sent[name] = chosen[0] if chosen else first
        elif element.tag == "input" and (element.get("type") not in UNSENT or "checked" in element.attrib):
            sent[name] = element.get("value", "")
    return sent


def send(client, url: str, /, button="_save", **changes):
    """Opens the page, changes some fields of its form, and presses a button. `__` stands for `-` in names."""
    sent = fields(client.get(url))
    return client.post(url, {**sent, **dashed(changes), button: "1"})


def dashed(changes: dict) -> dict:
    """participations__0__official becomes participations-0-official."""
    return {name.replace("__", "-"): value for name, value in changes.items()}


def errors(response) -> str:
    """All errors that a form tells, in one text; fails when one is not on the page, or when it saved instead."""
    assert response.status_code == 200, f"saved, or worse: {response.status_code}"
    page = unescape(response.content.decode())
    told = [str(message) for listed in response.context["errors"] for message in as_list(listed)]
    assert told
    assert [message for message in told if message not in page] == []
    return " ".join(told)


def as_list(listed) -> list:
    return listed if isinstance(listed, list) else [listed]


def messages(response) -> list[str]:
    """The messages at the top of the page that comes next."""
    return [str(message) for message in response.context["messages"]]
