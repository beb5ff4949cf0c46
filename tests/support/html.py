"""A served page as tests look at it."""

import re
from html import unescape

from httpx import Response
from lxml import html

MOST_BYTES = 60 * 1024


class Seen:
    """The page of an answer, parsed."""

    def __init__(self, response: Response) -> None:
        self.source = response.text
        self.root = html.document_fromstring(response.content)

    def value(self, name: str) -> str:
        """What a field holds."""
        field = self.root.xpath("//*[@name=$name]", name=name)[0]
        if field.tag == "textarea":
            return str(field.text or "")
        if field.tag == "select":
            return "".join(field.xpath("option[@selected]/@value"))
        return str(field.get("value", ""))

    def beside(self, name: str) -> str:
        """What is said to be wrong with a field, found as a screen reader finds it."""
        field = self.root.xpath("//*[@id=$name]", name=name)[0]
        told = [self.root.get_element_by_id(key, None) for key in _ids(field)]
        return " ".join(
            part.text_content() for part in told if part is not None and "wrong" in part.classes
        )

    def text(self, xpath: str) -> str:
        """All text of what matches, without the tags."""
        return " ".join(" ".join(part.text_content().split()) for part in self.root.xpath(xpath))

    def words(self) -> list[str]:
        """The free texts on the page, exactly as a reader would get them."""
        found = re.findall(r'<p class="words">(.*?)</p>', self.source, re.DOTALL)
        return [unescape(text) for text in found]


def _ids(field: html.HtmlElement) -> list[str]:
    return str(field.get("aria-describedby", "")).split()


def faults(response: Response) -> list[str]:
    """What no public page may have, whatever it shows."""
    seen, found = Seen(response), []
    if len(response.content) > MOST_BYTES:
        found.append(f"{len(response.content)} bytes")
    if seen.root.xpath("//script|//*/@*[starts-with(name(), 'on')]"):
        found.append("a script")
    if seen.root.xpath("//@style"):
        found.append("a style attribute, which the policy blocks")
    if not (seen.root.get("lang") == response.headers["content-language"] in {"zh-CN", "en"}):
        found.append("no language")
    if len(seen.root.xpath("//h1")) != 1:
        found.append("not one h1")
    keys = seen.root.xpath("//@id")
    found += [f"id {key} twice" for key in set(keys) if keys.count(key) > 1]
    for field in seen.root.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        labelled = field.xpath("ancestor::label") or seen.root.xpath(
            "//label[@for=$key]", key=field.get("id", "")
        )
        if not labelled:
            found.append(f"no label: {field.get('name')}")
        found += [
            f"{field.get('name')} is described by nothing: {key}"
            for key in _ids(field)
            if key not in keys
        ]
    found += ["a picture without words" for _ in seen.root.xpath("//img[not(@alt) or @alt='']")]
    found += [
        f"leads elsewhere: {link}"
        for link in seen.root.xpath("//a/@href|//form/@action|//img/@src")
        if not link.startswith(("/", "?", "#", "tel:")) or link.startswith("//")
    ]
    return found
