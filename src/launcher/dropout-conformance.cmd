@echo off
rem dropout-conformance.jar, which lies beside this, with what lets a short run start sooner. The jar alone does the same.
rem
rem   dropout-conformance certify -- python adapter.py
setlocal
set "home=%~dp0"

rem The second compiler takes as long as a quick run and pays in longer ones.
set "compiler=-XX:TieredStopAtLevel=1"
:next
if "%~1"=="" goto run
if "%~1"=="--" goto run
if "%~1"=="standard" set "compiler=-XX:+TieredCompilation"
if "%~1"=="deep" set "compiler=-XX:+TieredCompilation"
if "%~1"=="--epsilon" set "compiler=-XX:+TieredCompilation"
if "%~1"=="self-test" set "compiler=-XX:+TieredCompilation"
shift /1
goto next

:run
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "archive=-Xshare:auto"
if exist "%home%dropout-conformance.jsa" set "archive=-XX:SharedArchiveFile=%home%dropout-conformance.jsa"
"%java%" "%archive%" -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC "%compiler%" -jar "%home%dropout-conformance.jar" %*
exit /b %errorlevel%
