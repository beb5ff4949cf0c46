"""The product's mark: three blades of calamus on green, drawn once for tabs, pages and papers."""

from base64 import b64encode

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="#2f6b4f"/>'
    '<path d="M16 27C13 19 13.500 11 16 5c2.500 6 3 14 0 22z" fill="#fbfaf6"/>'
    '<path d="M13.800 27C9 22 6.500 16 6.500 9.500 11 14 13.500 20 13.800 27z" fill="#d9e6cf"/>'
    '<path d="M18.200 27C23 22 25.500 16 25.500 9.500 21 14 18.500 20 18.200 27z" fill="#e3b273"/>'
    "</svg>"
)
# As an address that is its own content: no request, and our policy lets images be data.
URI = "data:image/svg+xml;base64," + b64encode(SVG.encode()).decode()
