"""What every answer carries, whoever made it."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",  # the paper's own face, so that its lines break on screen where they break in the PDF
        "img-src 'self' data:",  # the check marks in Bootstrap's stylesheet and allauth's QR code are data: pictures
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

SHARED = "/s/"
SHARED_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
"""What every answer under the addresses of shared summaries carries, whatever it says: the address is the key.

Below the path under which the journal stands, if it has one: hence ``path_info``.
"""


def security_headers(get_response):
    """Set the content security policy, and keep personal pages out of shared caches and shared ones out of all."""

    def middleware(request):
        response = get_response(request)
        if request.path_info.startswith(SHARED):
            for name, value in SHARED_HEADERS.items():
                response.headers[name] = value
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path_info.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware
