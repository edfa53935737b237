"""What every answer tells the browser, whatever page, file or error it is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FORBIDDEN_TO_PAGES = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
ON_EVERYTHING = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FORBIDDEN_TO_PAGES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""A page may say otherwise for itself: the files of the pages may be kept by the browser."""
ON_SIGNING_OUT = '"cache", "storage"'


class SafetyMiddleware:
    """Outermost of all: also an answer that no other part of the house saw carries these headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ON_EVERYTHING.items():
            response.headers.setdefault(name, value)
        return response
