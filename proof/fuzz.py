"""Fuzz the reader or the commands.

    python proof/fuzz.py reading            the reader and all rules, for half an hour
    python proof/fuzz.py commands 600       build, fix and new in a workspace, for ten minutes

    pip install -e '.[proof]'

Whatever bytes a draft, the table it names and a report.yaml hold, the program tells findings and never falls: an exception
other than those the commands show in one line ends the run, and the input lies in the folder named at the end. The corpus
is tests/bad, tests/workspaces and data/2022; what is found new is kept until the end. Every thousand inputs it is said how
many the reader took for drafts and in how many tables something was found: a fuzzer that reaches nothing finds nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections import Counter
from functools import partial
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

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests/workspaces/small/data/2022"
_DEFAULT_SECONDS = 30 * 60
_MAX_BYTES = 4096
_SPLIT = b"\n=====\n"  # between a draft, the table and the report.yaml that go with it
_TABLE = "明细.csv"
_NAMING = f"章节: 工作情况\n填报单位: 市司法局\n正文:\n  - 表格: {{标题: 受理情况, 文件: {_TABLE}}}\n".encode()
_CELLS = "单位,受理,电话\n市司法局,{{ 受理 }},13800138000\n".encode()
_TOKENS = (
    "章节: \n填报单位: \n正文: |\n条目:\n指标:\n  - 标题: \n数值: \n上年: \n豁免:\n核对:\n结构:\n表格:\n"
    "{{ \n }}\n.同比\n.占比\n【请填写\n】\n：\n－\n\u3000\n“\n”\n| \n> \n- \n: \n #\n&a\n*a\n!!\n,\n"
    "534件\n92.12%\n11万余人次\n2022年\n13800138000\n=====\n---\n\\t\n[\n]\n{\n}\n《\n》\n一是\n（一）"
)
_WORDING = load_wording(Workspace(ROOT))
_reached = Counter[str]()
_SAID = 1_000  # inputs: libFuzzer ends the process itself, so what was reached is said on the way


def _count(what: str) -> None:
    _reached[what] += 1
    _reached["inputs"] += 1
    if _reached["inputs"] % _SAID == 0:
        print(f"reached: {dict(_reached)}", file=sys.stderr, flush=True)


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return draft, table and report.yaml."""
    draft, table, cover, *_ = *data.split(_SPLIT, 2), b"", b""
    return draft, table, cover


def read(data: bytes) -> None:
    """Read bytes as a draft, as the table it names and as a report.yaml, and ask all rules."""
    first, table, second = _parts(data)
    draft, cover = File("01.yaml", first), File("report.yaml", second)
    loaded = load(cover, [draft], lambda *_: table)
    checked = examine(loaded, _WORDING, None)
    _count("drafts" if loaded.typed else "no drafts")
    _reached["reports"] += loaded.report is not None
    _reached["tables"] += any(found.span.file.endswith(".csv") for found in checked.diagnostics)
    list(terminal(checked.diagnostics, checked.lines))
    with contextlib.suppress(WorkspaceError):
        check_files([draft], None, _WORDING, lambda *_: table)


def command(root: Path, data: bytes) -> None:
    """Put bytes into a workspace as draft, table and report.yaml, and build, mend and follow it."""
    draft, table, cover = _parts(data)
    folder = root / "data" / "2022"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(SMALL, folder)
    (folder / "02.yaml").write_bytes(draft)
    (folder / _TABLE).write_bytes(table)
    if cover:
        (folder / "report.yaml").write_bytes(cover)
    workspace = Workspace(root)
    with contextlib.suppress(WorkspaceError), contextlib.redirect_stdout(io.StringIO()):
        built = build(workspace, "2022", root / "out")
        _count("built" if built.paths else "refused")
        fix(root, ("2022",))
        new(workspace, "2023")
        _reached["followed"] += 1


def main() -> int:
    """Run what the command line asks for, in a process of its own, which libFuzzer ends when it has written what it found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("reading", "commands"))
    parser.add_argument("seconds", nargs="?", type=int, default=_DEFAULT_SECONDS, help="how long; half an hour")
    options = parser.parse_args()
    folder, found = (Path(tempfile.mkdtemp(prefix=f"jzreport-{name}-")) for name in ("fuzz", "found"))
    child = os.fork()
    if child == 0:
        fuzz(options.what, options.seconds, folder, found)
        sys.exit()
    try:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if any(found.iterdir()):
        print(f"what was found lies in {found}")
    else:
        found.rmdir()
    return 1 if code else 0


def fuzz(what: str, seconds: int, folder: Path, found: Path) -> None:
    corpus, tokens = folder / "corpus", folder / "tokens"
    _write_corpus(corpus)
    tokens.write_text("".join(map(_token, _TOKENS.split("\n"))), "utf-8")
    arguments = [
        f"-max_total_time={seconds}",
        f"-max_len={_MAX_BYTES}",
        f"-dict={tokens}",
        f"-artifact_prefix={found}/",
        "-timeout=10",
        "-rss_limit_mb=1024",
    ]
    target = read if what == "reading" else partial(command, folder / "workspace")
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], target)
    atheris.Fuzz()


def _token(text: str) -> str:
    """Return a line of libFuzzer's dictionary."""
    return '"' + "".join(map("\\x{:02x}".format, text.encode())) + '"\n'


def _write_corpus(corpus: Path) -> None:
    corpus.mkdir()
    files = [
        path
        for pattern in (
            "tests/bad/*/*.yaml",
            "tests/bad/*/*.csv",
            "data/2022/*.yaml",
            "tests/workspaces/*/data/2022/*.yaml",
        )
        for path in ROOT.glob(pattern)
    ]
    report = (SMALL / "report.yaml").read_bytes()
    for number, path in enumerate(files):
        data = path.read_bytes()
        if path.suffix == ".csv":
            parts = (_NAMING, data, report)
        elif path.name.startswith("report"):
            parts = (_NAMING, _CELLS, data)
        else:
            parts = (data, _CELLS, report)
        (corpus / f"{number:04}").write_bytes(_SPLIT.join(parts)[:_MAX_BYTES])


if __name__ == "__main__":
    sys.exit(main())
