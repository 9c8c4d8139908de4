"""What every answer carries and every request must pass: a host's name of ours, the gate, tokens on forms, a strict content policy."""

import secrets
from collections.abc import Collection
from ipaddress import ip_address
from pathlib import Path

from flask import Flask, Response, abort, current_app, g, request
from flask_wtf.csrf import CSRFProtect

from relocation.service.secret import secret_key
from relocation.web import gate

UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024

csrf = CSRFProtect()


def guard(app: Flask, home: Path, *, names: Collection[str] = (), https: bool = False) -> None:
    """Put the guards on an application: secret key, cookies, upload limit, host, gate, tokens, headers.

    names : the host names, beside those of this machine itself, under which people reach it
    https : people reach it over TLS: cookies go no other way
    """
    app.config.update(
        SECRET_KEY=secret_key(home),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_NAME="__Host-relocation" if https else "relocation",
        WTF_CSRF_SSL_STRICT=False,  # it would want the referrer that our pages never send; Sec-Fetch-Site says it better
        HOST_NAMES=frozenset(name.lower() for name in names),
        HTTPS=https,
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT_BYTES,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        WTF_CSRF_TIME_LIMIT=None,  # a preview read over lunch may still be confirmed; the token dies with the session
    )
    app.before_request(_refuse_foreign_hosts)
    app.before_request(_refuse_foreign_origins)
    gate.stand(app)
    app.before_request(_refuse_nameless_fields)
    csrf.init_app(app)  # behind the gate: nobody's upload is read for its token who may not send one
    app.after_request(_headers)
    app.jinja_env.globals["nonce"] = nonce


def nonce() -> str:
    """Return this answer's nonce: the one word that lets a script or style run."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def name_of(host: str) -> str:
    """Return a Host header's name, in small letters and without the port."""
    return (host if host.endswith("]") or ":" not in host else host.rsplit(":", 1)[0]).lower()


def is_loopback(host: str) -> bool:
    """Tell whether a Host header (with or without a port) names this machine and nothing else."""
    name = name_of(host)
    if name == "localhost":
        return True
    try:
        return ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def _refuse_foreign_hosts() -> None:
    # A page elsewhere may point its own name at this machine and so reach a server without sign-in (DNS rebinding).
    host = request.headers.get("Host", "")
    if not is_loopback(host) and name_of(host) not in current_app.config["HOST_NAMES"]:
        abort(400, "host")


def _refuse_foreign_origins() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(400, "origin")


def _refuse_nameless_fields() -> None:
    # A part of a form may come without a name; what looks for the token would fall over it.
    if request.method in ("POST", "PUT", "PATCH", "DELETE") and any(not isinstance(name, str) for name in request.form):
        abort(400)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", policy(frame_ancestors="'none'"))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if current_app.config["HTTPS"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        # People's data stands on most pages: nothing of them stays in the browser's or a proxy's store.
        response.headers["Cache-Control"] = "private, no-store"
    return response


def policy(*, frame_ancestors: str, style: str = "'self'", image: str = "'self' data:") -> str:
    """Return the content policy of one answer; the map frame widens who may frame it and where its styles come from."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce()}'",
            f"style-src {style}",
            f"img-src {image}",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            f"frame-ancestors {frame_ancestors}",
        )
    )
