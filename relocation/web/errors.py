"""What people and programs read when something went wrong: what it is, what to do; never a traceback."""

import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from relocation.service import Trouble, Unusable
from relocation.web.language import _, lang, own_page
from relocation.web.wording import on_page
from relocation.words import N_

LOG = logging.getLogger("relocation.web")

DAMAGED = "database-damaged"
"""The trouble, and the setting of an application whose database was found so."""

WORDS: dict[int, tuple[str, str]] = {
    400: (N_("这个请求看不懂"), N_("请检查地址里的条件，或返回总览重新选择。")),
    401: (N_("请先登录"), N_("登录后再操作；闲置 30 分钟会自动退出。")),
    403: (N_("您的角色不能打开这一页或这样操作"), N_("请由有此权限的同事办理，或请系统管理员调整您的角色。")),
    404: (N_("没有找到这一页"), N_("请检查编码是否正确，或从列表里查找。")),
    405: (N_("不能这样操作"), N_("请从页面上的按钮操作。")),
    413: (N_("文件太大"), N_("单个文件不能超过 64 MB。请拆成几个文件，分别导入。")),
    500: (N_("程序出了错"), N_("数据没有改动。请把下面的编号告诉维护人员，然后重试。")),
}
FOREIGN_HOST = (N_("不能用这个名称访问"), N_("请用管理员告知的地址打开；演示只能在这台电脑上用 http://127.0.0.1 打开。"))
STALE_FORM = (N_("这个页面放得太久了"), N_("请刷新页面，再操作一次。"))


class BadParameter(Exception):
    """A condition in the address that cannot be used; `error` and `mend` are said to the reader."""

    def __init__(self, error: str, mend: str) -> None:
        """Carry what is wrong and what to do, already in the reader's language."""
        super().__init__(error)
        self.error, self.mend = error, mend


def answer_errors(app: Flask) -> None:
    """Answer every failure in words: as a page, and under /api/ as JSON."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(BadParameter, lambda bad: _answer(400, bad.error, bad.mend))
    app.before_request(_shut)
    app.register_error_handler(Trouble, _troubled)
    app.register_error_handler(Unusable, lambda unusable: _answer(400, unusable.refusal.reason(lang()), unusable.refusal.mend(lang())))
    app.register_error_handler(Exception, _ours)


def _troubled(trouble: Trouble) -> ResponseReturnValue:
    if trouble.code == DAMAGED:
        current_app.config[DAMAGED] = True
        return _maintenance()
    return _answer(trouble.status, trouble.reason(lang()), trouble.mend(lang()))


def _shut() -> ResponseReturnValue | None:
    """Answer every page with what to do, once the database was found damaged: half of it would be read as the whole."""
    return _maintenance() if current_app.config.get(DAMAGED) and request.endpoint != "static" else None


def _maintenance() -> ResponseReturnValue:
    trouble = Trouble(DAMAGED)
    if request.path.startswith("/api/"):
        return _answer(trouble.status, trouble.reason(lang()), trouble.mend(lang()))
    return render_template("maintenance.html", error=trouble.reason(lang()), mend=trouble.mend(lang())), trouble.status


def _refused(problem: HTTPException) -> ResponseReturnValue:
    status = problem.code or 500
    error, mend = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    if isinstance(problem, CSRFError):
        error, mend = STALE_FORM
    elif problem.description in ("host", "origin"):
        error, mend = FOREIGN_HOST
    return _answer(status, _(error), _(mend))


def _ours(problem: Exception) -> ResponseReturnValue:
    number = secrets.token_hex(4)
    LOG.error("error %s at %s", number, request.path, exc_info=problem)
    error, mend = WORDS[500]
    return _answer(500, _(error), _(mend), number)


def _answer(status: int, error: str, mend: str, number: str = "") -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        body = {"error": error, "mend": mend, "status": status}
        return jsonify({**body, "number": number} if number else body), status
    return _page(status=status, error=on_page(error), mend=on_page(mend), number=number, back=_back()), status


def _back() -> tuple[str, str] | None:
    place = request.blueprint or ""
    return (
        (url_for("importing.choose"), _("回到导入页"))
        if place == "importing"
        else (url_for("drawings.listed"), _("回到图纸"))
        if place.startswith("drawing")
        else _came_from()
    )


def _came_from() -> tuple[str, str] | None:
    """Return the page of this site one came from, None where that is unknown, elsewhere, or the very page that failed."""
    came = urlsplit(request.referrer or "")
    if came.netloc != request.host or (request.method == "GET" and came.path == request.path):
        return None
    return own_page(came._replace(scheme="", netloc="", fragment="").geturl()), _("返回上一页")


def _page(**said: Any) -> str:
    """Return the page that says it; where that page cannot be made either, one that needs no other template, address or account."""
    try:
        return render_template("error.html", **said)
    except Exception:  # whatever fails there, what went wrong first is still said
        LOG.exception("the error page itself failed at %s", request.path)
        return current_app.jinja_env.from_string(ALONE).render(**said, lang=lang())


ALONE = """<!doctype html>
<html lang="{{ 'zh-CN' if lang == 'zh' else 'en' }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ error|e }}</title></head>
<body><p>{{ status }}</p><h1>{{ error|e }}</h1><p>{{ mend|e }}</p>{% if number %}<p>{{ number }}</p>{% endif %}<p><a href="/">{{ "首页" if lang == "zh" else "Start" }}</a></p></body></html>
"""
"""The page of an error for when the pages themselves fail."""
