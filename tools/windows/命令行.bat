@echo off
rem ASCII only, see the other batch file. A folder dropped on this file is the one to work in; of a file dropped on it,
rem the folder that holds it. pushd goes to a \\server\share too, which cd cannot; it refuses a file.
if not exist "%~dp0venv\Scripts\jzreport.exe" goto missing
set "PATH=%~dp0venv\Scripts;%PATH%"
if "%~1"=="" goto open
pushd "%~1" 2>nul || pushd "%~dp1"
:open
cmd /k jzreport --help
popd
goto :eof
:missing
powershell -NoProfile -Command "[regex]::Unescape('\u8fd8\u6ca1\u6709\u5b89\u88c5\uff0c\u8bf7\u5148\u53cc\u51fb\u201c\u5b89\u88c5.bat\u201d\u3002')"
pause
