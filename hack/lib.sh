# Functions the scripts in hack/ share. Source it; it defines things and runs nothing.
# shellcheck shell=bash

hack_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root_dir=$(dirname "$hack_dir")

required_java=25

# Progress goes to standard error, so that standard output stays what a script may read.
progress() { printf '%s\n' "$*" >&2; }

die() {
  progress "error: $*"
  exit 1
}

# java_feature_version DIR: the feature version (25) of the JDK in DIR; empty when DIR holds no JDK.
java_feature_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# java_on_path: the home folder of the `java` on PATH, symbolic links followed.
java_on_path() {
  command -v java >/dev/null || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# java_home_candidates: folders that may hold a JDK, the user's own choice first.
java_home_candidates() {
  printf '%s\n' "${JAVA_HOME:-}"
  java_on_path
  local folder
  for folder in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    printf '%s\n' "$folder"
  done
}

# use_jdk: sets and exports JAVA_HOME to a JDK of the required version, or ends with what to install.
use_jdk() {
  local home
  while IFS= read -r home; do
    if [ -n "$home" ] && [ "$(java_feature_version "$home")" = "$required_java" ]; then
      export JAVA_HOME=$home PATH="$home/bin:$PATH"
      return
    fi
  done < <(java_home_candidates)
  die "JDK $required_java is needed and none was found (looked at JAVA_HOME=${JAVA_HOME:-unset}, java on PATH and the usual folders).
Install one, for example Eclipse Temurin from https://adoptium.net or 'sdk install java $required_java-tem', or set JAVA_HOME to one."
}

# need PROGRAM WHY: ends with a message when PROGRAM is not on PATH.
need() {
  command -v "$1" >/dev/null || die "'$1' is not on PATH; it is needed $2."
}

use_maven() {
  use_jdk
  need mvn "to build the Java modules; install Maven 3.8 or later (https://maven.apache.org/install.html)"
}

# package_programs: builds the jars that scripts start, without tests, unless they are newer than every source.
package_programs() {
  local log=$root_dir/target/build.log
  local jar=$root_dir/e2e/target/e2e.jar # e2e depends on all programs, so it is packaged last
  if [ -f "$jar" ] && [ -z "$(find "$root_dir"/*/src/main "$root_dir"/*/pom.xml "$root_dir/pom.xml" -newer "$jar" -type f | head -n 1)" ]; then
    return
  fi
  progress "building operator, webhook and command line (a minute the first time)"
  mkdir -p "$(dirname "$log")"
  (cd "$root_dir" && mvn -q -B -ntp package -Dmaven.test.skip=true) >"$log" 2>&1 ||
    die "the build failed: see $log"
  touch "$jar" # Maven leaves a jar alone whose content did not change
}
