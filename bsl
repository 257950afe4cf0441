#!/usr/bin/env bash
# Runs the command line; builds it first when it is missing or older than its sources.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
jar="$home/paper-tables/target/bsl-paper-tables.jar"

if [ -n "${JAVA_HOME:-}" ]; then
  java="$JAVA_HOME/bin/java"
else
  java=java
fi

stale() {
  [ ! -f "$jar" ] || [ ! -d "$home/paper-tables/target/lib" ] || [ -n "$(
    find "$home/pom.xml" "$home"/{core,data,losses,eval,noise,backbones,runs,paper-tables}/{pom.xml,src/main} \
      -newer "$jar" -type f -print -quit
  )" ]
}

if stale; then
  echo "bsl: building, this happens once" >&2
  log=$(mktemp)
  if ! (cd "$home" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl paper-tables -am package) \
    >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "bsl: the build failed; it needs Maven 3.8 and a JDK from 17 on" >&2
    exit 2
  fi
  rm -f "$log"
  touch "$jar"
fi

flags=(
  --add-modules jdk.incubator.vector
  # Array bounds are the kernels' contract; checking them again on every vector costs a third.
  -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0
  -XX:+UseParallelGC
  "-Dbsl.commit=$(git -C "$home" rev-parse HEAD 2>/dev/null || echo unknown)"
)
# Tables and tiles span hundreds of pages; large ones save a tenth of an epoch. Other systems' JVMs do not know the option.
if [ "$(uname)" = Linux ]; then
  flags+=(-XX:+UseTransparentHugePages)
fi
if [ -t 2 ]; then
  flags+=(-Dbsl.terminal=true)
fi

# BSL_JAVA_OPTS, e.g. "-Xmx1g", goes to the JVM as it is.
# shellcheck disable=SC2086
exec "$java" "${flags[@]}" ${BSL_JAVA_OPTS:-} \
  -cp "$jar:$home/paper-tables/target/lib/*" bsl.cli.Main "$@"
