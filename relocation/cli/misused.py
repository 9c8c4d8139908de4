"""What click says of a command that was written wrongly, in Chinese where that is spoken."""

import re

import click

from relocation.words import N_, translations

_SAID = (
    (re.compile(r"No such command '(?P<what>.*)'\."), N_("没有命令“%(what)s”")),
    (re.compile(r"Got unexpected extra arguments? \((?P<what>.*)\)"), N_("多写了“%(what)s”")),
    (re.compile(r"Missing command\."), N_("没有写子命令")),
)

_QUOTED = re.compile(r"'(.*?)' (?:is|does)")
"""What was written, as click's messages begin."""


def misused(error: click.ClickException, lang: str) -> str:
    """Return what is wrong with a command as one sentence; what click says itself in English, and where this knows no better."""
    if lang == "en":
        return error.format_message()
    say = translations(lang).gettext
    if isinstance(error, click.MissingParameter):
        return say(N_("缺少 %(what)s")) % {"what": _called(error)}
    if isinstance(error, click.NoSuchOption):
        return say(N_("没有选项 %(what)s")) % {"what": error.option_name}
    if isinstance(error, click.BadOptionUsage):
        return say(N_("选项 %(what)s 写得不对，看看是不是缺了它的值")) % {"what": error.option_name}
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad(error, error.param)
    for pattern, words in _SAID:
        if found := pattern.fullmatch(error.format_message()):
            return say(words) % found.groupdict()
    return error.format_message()


def _called(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        return " ".join(error.param.opts)
    return error.param.metavar or error.param.human_readable_name


def _bad(error: click.BadParameter, param: click.Parameter) -> str:
    say = translations("zh").gettext
    quoted = _QUOTED.match(error.message)
    found = quoted[1] if quoted else ""
    if isinstance(param.type, click.Choice):
        return say(N_("%(what)s 写的是“%(found)s”，只能是 %(known)s 之一")) % {
            "what": _called(error),
            "found": found,
            "known": ", ".join(map(str, param.type.choices)),
        }
    if isinstance(param.type, click.DateTime):
        return say(N_("%(what)s 写的是“%(found)s”，要写成日期，如 2017-04-01")) % {"what": _called(error), "found": found}
    if isinstance(param.type, click.types.IntParamType | click.types.FloatParamType):
        return say(N_("%(what)s 写的是“%(found)s”，要写成数")) % {"what": _called(error), "found": found}
    return say(N_("%(what)s 不能用：%(why)s")) % {"what": _called(error), "why": error.message}
