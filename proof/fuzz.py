"""Fuzzes the reader or the commands: python proof/fuzz.py reading|commands [SECONDS] (30 minutes each by default).

    pip install -e '.[proof]'

Whatever bytes a draft, a report.yaml or a table holds, the program tells findings and never falls: an exception other than
those the commands show in one line ends the run, and the input lies in the folder it names. The corpus is tests/bad and
data/2022; what was found new is kept in a temporary folder. Every thousand inputs it is said how many the reader took for
drafts: a fuzzer that reaches nothing finds nothing.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["jzreport"]):
    from jzreport.commands.build import build
    from jzreport.commands.checking import check_files, examine
    from jzreport.commands.fix import fix
    from jzreport.commands.loading import load, load_wording
    from jzreport.commands.new import new
    from jzreport.disk import WorkspaceError
    from jzreport.display import terminal
    from jzreport.workspace import File, Workspace

ROOT = Path(__file__).parent.parent
_DEFAULT_SECONDS = 30 * 60
_MAX_BYTES = 4096
_SPLIT = b"\n=====\n"  # between a draft and the report.yaml or table that go with it
_TOKENS = (
    *(
        "章节: ",
        "填报单位: ",
        "正文: |",
        "条目:",
        "指标:",
        "  - 标题: ",
        "数值: ",
        "上年: ",
        "豁免:",
        "核对:",
        "结构:",
        "表格:",
    ),
    *(
        "{{ ",
        " }}",
        ".同比",
        ".占比",
        "【请填写",
        "】",
        "：",
        "－",
        "　",
        "“",
        "”",
        "| ",
        "> ",
        "- ",
        ": ",
        " #",
        "&a",
        "*a",
        "!!",
    ),
    *(
        "534件",
        "92.12%",
        "11万余人次",
        "2022年",
        "=====",
        "---",
        "\\t",
        "[",
        "]",
        "{",
        "}",
        "《",
        "》",
        "一是",
        "（一）",
    ),
)
_WORDING = load_wording(Workspace(ROOT))
_reached = Counter[str]()
_SAID = 1_000  # inputs: libFuzzer ends the process itself, so what was reached is said on the way


def _count(what: str) -> None:
    _reached[what] += 1
    _reached["inputs"] += what in ("drafts", "no drafts", "built", "refused")
    if _reached["inputs"] % _SAID == 0:
        print(f"reached: {dict(_reached)}", file=sys.stderr, flush=True)


def read(data: bytes) -> None:
    """Read bytes as a draft, as a report.yaml and as a table, and ask all rules."""
    first, _, second = data.partition(_SPLIT)
    draft, cover = File("01.yaml", first), File("report.yaml", second)
    loaded = load(cover, [draft], lambda *_: second)
    checked = examine(loaded, _WORDING, None)
    _count("drafts" if loaded.typed else "no drafts")
    _reached["reports"] += loaded.report is not None
    list(terminal(checked.diagnostics, checked.lines))
    with contextlib.suppress(WorkspaceError):
        check_files([draft], None, _WORDING)


def command(data: bytes) -> None:
    """Put bytes into a workspace as draft and report.yaml, and build, mend and follow it."""
    first, _, second = data.partition(_SPLIT)
    folder = _workspace / "data" / "2022"
    shutil.rmtree(_workspace / "data", ignore_errors=True)
    shutil.copytree(ROOT / "tests" / "workspaces" / "small" / "data" / "2022", folder)
    (folder / "02.yaml").write_bytes(first)
    if second:
        (folder / "report.yaml").write_bytes(second)
    workspace = Workspace(_workspace)
    with contextlib.suppress(WorkspaceError), contextlib.redirect_stdout(io.StringIO()):
        built = build(workspace, "2022", _workspace / "out")
        _count("built" if built.paths else "refused")
        fix(_workspace, ("2022",))
        new(workspace, "2023")
        _reached["followed"] += 1


def main() -> None:
    target = {"reading": read, "commands": command}[sys.argv[1]]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else _DEFAULT_SECONDS
    with tempfile.TemporaryDirectory() as name:
        corpus, tokens = Path(name) / "corpus", Path(name) / "tokens"
        _write_corpus(corpus)
        tokens.write_text("".join(map(_token, _TOKENS)), "utf-8")
        arguments = [
            f"-max_total_time={seconds}",
            f"-max_len={_MAX_BYTES}",
            f"-dict={tokens}",
            "-timeout=10",
            "-rss_limit_mb=1024",
        ]
        atheris.Setup([sys.argv[0], *arguments, str(corpus)], target)
        atheris.Fuzz()


def _token(text: str) -> str:
    """Return a line of libFuzzer's dictionary."""
    return '"' + "".join(map("\\x{:02x}".format, text.encode())) + '"\n'


def _write_corpus(corpus: Path) -> None:
    corpus.mkdir()
    files = [
        *ROOT.glob("tests/bad/*/*.yaml"),
        *ROOT.glob("data/2022/*.yaml"),
        *ROOT.glob("tests/workspaces/*/data/2022/*.yaml"),
    ]
    report = (ROOT / "tests/workspaces/small/data/2022/report.yaml").read_bytes()
    for number, path in enumerate(files):
        data = path.read_bytes()
        is_cover = path.name.startswith("report")
        seed = b"\xe7\xab\xa0" + _SPLIT + data if is_cover else data + _SPLIT + report
        (corpus / f"{number:04}").write_bytes(seed[:_MAX_BYTES])


_workspace = Path(tempfile.mkdtemp(prefix="jzreport-fuzz-"))

if __name__ == "__main__":
    main()
