@echo off
rem The telar command on Windows. Untested: Telar is tested on Linux.
rem Needs JAVA_HOME to name a JDK 25 or later, and Maven for the first use.
rem After a change of the sources: del cli\target\quick\telar.jar
setlocal
set "ROOT=%~dp0"
set "JAR=%ROOT%cli\target\quick\telar.jar"
if not exist "%JAVA_HOME%\bin\javac.exe" (
  echo telar: set JAVA_HOME to a JDK 25 or later, for example from https://adoptium.net 1>&2
  exit /b 2
)
if exist "%JAR%" goto run
where mvn >nul 2>nul || (
  echo telar: Maven builds Telar on first use and is not installed: install Maven 3.8 or later 1>&2
  exit /b 2
)
echo Building Telar ^(first use^) ... 1>&2
if not exist "%ROOT%target" mkdir "%ROOT%target"
call mvn -B -f "%ROOT%pom.xml" -Dquick package > "%ROOT%target\telar-build.log" 2>&1 || (
  echo telar: the build failed; all of what it said is in %ROOT%target\telar-build.log 1>&2
  exit /b 1
)
:run
"%JAVA_HOME%\bin\java" -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED %TELAR_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
