@echo off
rem ASCII only: cmd reads a batch file in the code page of the console, whatever that is. Python, and PowerShell
rem where there is no Python, write the Chinese.
setlocal
rem Ask for what is there; never begin to download a Python.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
if not exist "%~dp0wheels\install.py" goto packed
for %%v in (@VERSIONS@) do (
  py -%%v -c "" >nul 2>nul && (
    py -%%v "%~dp0wheels\install.py"
    goto end
  )
)
python -c "" >nul 2>nul && (
  python "%~dp0wheels\install.py"
  goto end
)
powershell -NoProfile -Command "[regex]::Unescape('\u8fd9\u53f0\u7535\u8111\u4e0a\u6ca1\u6709\u80fd\u7528\u7684 Python\uff0c\u8bf7\u7167\u201c\u8bf4\u660e.txt\u201d\u5148\u5b89\u88c5 Python\u3002')"
for %%f in ("%~dp0*.txt") do start "" notepad "%%f"
goto end
:packed
powershell -NoProfile -Command "[regex]::Unescape('\u8bf7\u5148\u628a\u538b\u7f29\u5305\u5168\u90e8\u89e3\u538b\uff0c\u518d\u53cc\u51fb\u89e3\u538b\u51fa\u6765\u7684\u201c\u5b89\u88c5.bat\u201d\u3002')"
:end
pause
