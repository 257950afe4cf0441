#!/usr/bin/env bash
# Runs the command line; builds it first when it is missing or older than its sources.
#
# What runs is a copy of its own, .bsl/app-*, that no later build touches. So a training of days keeps the code it
# began with, whatever is edited, pulled, built or cleaned meanwhile. Copies that nothing runs from go at the next
# build. Works with bash from 3.2 on; uses flock where there is one.
set -euo pipefail
# With it cd prints where it went, and may go elsewhere.
unset CDPATH
# SHELLOPTS and BASHOPTS bring a caller's options along. Patterns and redirections here mean what they mean without.
set +o noglob +o noclobber +o posix
shopt -u failglob nullglob dotglob nocaseglob nocasematch

fail() {
  echo "bsl: $*" >&2
  exit 2
}

# The folder of this script, behind all symbolic links.
script=${BASH_SOURCE[0]}
while [ -L "$script" ]; do
  folder=$(cd "$(dirname "$script")" && pwd)
  script=$(readlink "$script")
  case $script in
    /*) ;;
    *) script=$folder/$script ;;
  esac
done
home=$(cd "$(dirname "$script")" && pwd -P)
# Java would take it for two paths.
case $home in
  *:*) fail "$home: has a colon, which a class path cannot have; move this folder" ;;
esac
state=$home/.bsl

flock=true
command -v flock >/dev/null || flock=false

# ---------------------------------------------------------------- Java

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || fail "JAVA_HOME is '$JAVA_HOME', but there is no bin/java in it; set it to a JDK from 17 on"
  # Maven is called in another folder.
  case $JAVA_HOME in
    /*) ;;
    *) JAVA_HOME=$(cd "$JAVA_HOME" && pwd) && java=$JAVA_HOME/bin/java ;;
  esac
else
  java=$(command -v java) || fail "there is no java on the PATH; install a JDK from 17 on, or set JAVA_HOME to one"
fi

check_java() {
  local real release version='' major
  real=$(readlink -f "$java" 2>/dev/null || echo "$java")
  # A JDK says its version in a file, which is faster than to start it.
  release=$(dirname "$(dirname "$real")")/release
  if [ -f "$release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)".*/\1/p' "$release")
  fi
  if [ -z "$version" ]; then
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1) || true
  fi
  major=${version%%[.+_-]*}
  case $major in
    '' | *[!0-9]*) fail "$java does not say its version; a JDK from 17 on is needed" ;;
  esac
  [ "$major" -ge 17 ] || fail "$java is Java $version; a JDK from 17 on is needed: set JAVA_HOME to one"
}

# BSL_CLASSPATH adds jars and class folders; an entry that ends in /* stands for all jars of a folder.
check_class_path() {
  local entry rest=${BSL_CLASSPATH:-}
  while [ -n "$rest" ]; do
    entry=${rest%%:*}
    case $rest in
      *:*) rest=${rest#*:} ;;
      *) rest= ;;
    esac
    case $entry in
      '') ;;
      '*') ;;
      */'*') [ -d "${entry%'/*'}/" ] || fail "BSL_CLASSPATH: ${entry%'/*'}: no such folder" ;;
      *) [ -e "$entry" ] || fail "BSL_CLASSPATH: $entry: no such file" ;;
    esac
  done
}

# ---------------------------------------------------------------- Spark

# Whether a cluster is asked for. Only then is there anything of Spark in the class path.
spark=false
word_before=
for word in "$@"; do
  if [ "$word" = --engine=spark ] || { [ "$word_before" = --engine ] && [ "$word" = spark ]; }; then
    spark=true
  fi
  word_before=$word
done

# The folder of Spark's jars.
spark_home() {
  local place
  for place in "${BSL_SPARK_HOME:-}" "${SPARK_HOME:-}" "$home/spark/distribution/target/spark"; do
    if [ -n "$place" ] && ls "$place"/jars/spark-core_2.13-*.jar >/dev/null 2>&1; then
      # Spark starts its own JVMs in other folders.
      place=$(cd "$place" && pwd)
      case $place in
        *:*) fail "$place: has a colon, which a class path cannot have; move Spark" ;;
      esac
      echo "$place"
      return
    fi
  done
  fail "--engine spark needs Apache Spark 4.0; set SPARK_HOME to a distribution of it" \
    "(https://spark.apache.org/downloads.html), or have Maven bring its jars, 218 MB:" \
    "mvn -q -f '$home/spark/distribution' package"
}

# ---------------------------------------------------------------- Copies

# Name of the copy to run, if there is one.
current() {
  local name=
  [ ! -f "$state/current" ] || read -r name <"$state/current" || true
  if [ -n "$name" ] && [ -f "$state/$name/built" ]; then
    echo "$state/$name"
  fi
}

# Whether a source is newer than a copy: an edited file, or a folder in which one was added or removed. A file that was
# copied together with its time (rsync -a, tar) is new here since its status changed. Not every find knows -cnewer.
stale() {
  local app=$1 source newer sources=()
  ! $spark || [ -f "$app/spark/bsl-spark-app.jar" ] || return 0
  while IFS= read -r source; do
    [ -e "$home/$source" ] || return 0
    sources+=("$home/$source")
  done <"$app/sources"
  for newer in -newer -cnewer; do
    if [ -n "$(find "${sources[@]}" $newer "$app/built" -print 2>/dev/null | head -n 1 || true)" ]; then
      return 0
    fi
  done
  return 1
}

# Marks a copy as used by this process, and by the JVM that it becomes; fails if the copy has just been removed.
hold() {
  local app=$1
  if $flock; then
    { exec 8<"$app/in-use"; } 2>/dev/null || return 1
    flock -s 8
  else
    { : >"$app/used-by-$$"; } 2>/dev/null || true
  fi
  [ -f "$app/built" ]
}

# Removes a copy if nothing runs from it.
remove_unused() {
  local app=$1 user
  if $flock; then
    (
      exec 7>>"$app/in-use"
      flock -n 7 || exit 0
      rm -f "$app/built"
      rm -rf "$app"
    ) 2>/dev/null || true
    return
  fi
  for user in "$app"/used-by-*; do
    if [ -e "$user" ] && kill -0 "${user##*-}" 2>/dev/null; then return; fi
  done
  rm -f "$app/built"
  rm -rf "$app"
}

# Removes copies that nothing runs from, but for two: a call may be about to start the one before the last.
prune() {
  local app
  for app in "$state"/app-*; do
    if [ -d "$app" ] && [ "$app" != "$1" ] && [ "$app" != "$2" ]; then
      remove_unused "$app"
    fi
  done
}

# ---------------------------------------------------------------- Building

lock_build() {
  mkdir -p "$state" 2>/dev/null || fail "$state: cannot be made; the command line is built there"
  if $flock; then
    { exec 9>>"$state/build.lock"; } 2>/dev/null || fail "$state/build.lock: cannot be written"
    if ! flock -n 9; then
      echo "bsl: another call is building; waiting for it" >&2
      flock 9
    fi
    return
  fi
  local told=false holder
  until mkdir "$state/build.locked" 2>/dev/null; do
    [ -e "$state/build.locked" ] || [ -w "$state" ] || fail "$state: cannot be written"
    holder=$(cat "$state/build.locked/pid" 2>/dev/null || true)
    if { [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; } \
      || { [ -z "$holder" ] && [ -n "$(find "$state/build.locked" -maxdepth 0 -mmin +1 2>/dev/null)" ]; }; then
      # Only one of those who find it dead can move it.
      mv "$state/build.locked" "$state/build.dead-$$" 2>/dev/null && rm -rf "$state/build.dead-$$"
      continue
    fi
    $told || echo "bsl: another call is building; waiting for it" >&2
    told=true
    sleep 1
  done
  echo $$ >"$state/build.locked/pid"
}

unlock_build() {
  if $flock; then
    exec 9>&-
  else
    rm -rf "$state/build.locked"
  fi
}

# The modules that some modules are made of: themselves, and those that their poms name.
modules() {
  local all found=$* before='' module artifact
  all=$(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$home/pom.xml")
  while [ "$found" != "$before" ]; do
    before=$found
    for module in $before; do
      for artifact in $all; do
        case " $found " in
          *" $artifact "*) ;;
          *)
            if grep -q "<artifactId>bsl-$artifact</artifactId>" "$home/$module/pom.xml"; then
              found="$found $artifact"
            fi
            ;;
        esac
      done
    done
  done
  echo "$found"
}

# What an unfinished build leaves behind. Maven goes, too, as it would write where the next build does.
undo_build() {
  if [ -n "$maven" ]; then
    kill "$maven" 2>/dev/null || true
    wait "$maven" 2>/dev/null || true
  fi
  rm -rf "$work" "$log"
  $flock || rm -rf "$state/build.locked"
}

cannot_write() {
  fail "$state: cannot be written; the command line is built there, and the disk needs room for it"
}

# The files and folders that the code of some modules comes from.
sources_of() {
  local module
  # shellcheck disable=SC2086
  echo pom.xml && for module in $(modules $1); do echo "$module/pom.xml" && echo "$module/src/main" || return 1; done
}

build() {
  local last=$1 target=$home/paper-tables/target app what=paper-tables code=0
  command -v mvn >/dev/null || fail "there is no mvn on the PATH; the first call builds with Maven 3.8 or later"
  [ -z "${JAVA_HOME:-}" ] || [ -x "$JAVA_HOME/bin/javac" ] \
    || fail "JAVA_HOME is '$JAVA_HOME', which has no javac; building takes a JDK from 17 on, not only a JRE"
  work=$state/new-$$
  log=$work.log
  maven=
  trap undo_build EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # Once somebody has used a cluster, every copy has what that takes.
  if $spark || [ -f "$last/spark/bsl-spark-app.jar" ]; then
    what="paper-tables spark"
  fi
  {
    rm -rf "$state"/new-* && mkdir "$work" && : >"$log" \
      && { [ "$what" = paper-tables ] || mkdir "$work/spark"; } \
      && touch "$work/built" \
      && sources_of "$what" >"$work/sources"
  } 2>/dev/null || cannot_write
  if [ -z "$last" ]; then
    echo "bsl: building, once" >&2
  else
    echo "bsl: building again, sources have changed" >&2
  fi
  # Jars of an earlier build that nobody needs any more would stay on the class path.
  rm -rf "${target:?}/lib"
  # Behind the script, so that a signal need not wait for Maven.
  (cd "$home" \
    && exec mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "${what// /,}" -am package) \
    >"$log" 2>&1 </dev/null &
  maven=$!
  wait "$maven" || code=$?
  maven=
  if [ $code -ne 0 ]; then
    cat "$log" >&2
    fail "the build failed; it takes Maven 3.8 or later, a JDK from 17 on, room on the disk," \
      "and a network the first time"
  fi
  mkdir "$work/lib" 2>/dev/null || cannot_write
  cp "$target/bsl-paper-tables.jar" "$target"/lib/*.jar "$work/lib/" \
    || fail "what Maven built cannot be copied from $target to $state"
  if [ -d "$work/spark" ]; then
    cp "$home/spark/target/bsl-spark-app.jar" "$work/spark/" \
      || fail "what Maven built cannot be copied from $home/spark/target to $state"
  fi
  app=$state/app-$(date -u +%Y%m%dT%H%M%SZ)-${work##*-}
  {
    touch "$work/in-use" && mv "$work" "$app" && echo "${app##*/}" >"$state/current.new" \
      && mv -f "$state/current.new" "$state/current"
  } 2>/dev/null || cannot_write
  rm -f "$log"
  trap - EXIT HUP INT TERM
  prune "$app" "$last"
}

check_java
check_class_path
# Asked before anything is built.
home_of_spark=
if $spark; then
  home_of_spark=$(spark_home)
fi
app=
for _ in 1 2 3 4 5; do
  app=$(current)
  if [ -z "$app" ] || stale "$app"; then
    lock_build
    app=$(current)
    if [ -z "$app" ] || stale "$app"; then
      build "$app"
      app=$(current)
    fi
    unlock_build
  fi
  if [ -n "$app" ] && hold "$app"; then
    break
  fi
  app=
done
[ -n "$app" ] || fail "$state: does not keep what is built there"
# ---------------------------------------------------------------- Running

# The commit of the sources, which are not newer than the copy; with a mark if they were edited since.
# In a hook Git's variables name the hook's repository. And no lock is taken: a commit beside this would find it.
git_here() {
  (
    # shellcheck disable=SC2046
    unset $(git rev-parse --local-env-vars)
    GIT_OPTIONAL_LOCKS=0 exec git -C "$home" "$@"
  ) 2>/dev/null
}
commit=unknown
if [ -e "$home/.git" ]; then
  commit=$(git_here rev-parse HEAD) || commit=unknown
  # shellcheck disable=SC2046
  if [ -n "$(git_here status --porcelain -- $(cat "$app/sources") | head -n 1)" ]; then
    commit=$commit-modified
  fi
fi

flags=(
  --add-modules jdk.incubator.vector
  # Array bounds are the kernels' contract; checking them again on every vector costs a third.
  -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0
  # Inlined into what calls them, these loops often keep their vectors in the heap: a quarter more time for an epoch.
  -XX:CompileCommand=quiet
  "-XX:CompileCommand=dontinline,bsl.core.kernel.Vector*::*Sum"
  # A loop apart may keep them there, too: the compiler gives up its guards after so many failures in a method. It
  # counts those of a part of the Vector API at each place where the part stands. So 100 come soon on a busy machine.
  -XX:PerMethodTrapLimit=100000
  "-Dbsl.commit=$commit"
  # What commands that are printed begin with: as it was typed.
  "-Dbsl.command=$0"
)
# From here on options are cut at blanks, and a star in one stays a star.
set -o noglob
# A JVM takes one collector, and the user's options may name it. It reads all but the first of these variables by itself.
collector=true
for option in ${BSL_JAVA_OPTS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}; do
  case $option in
    *:+UseSerialGC | *:+UseParallelGC | *:+UseG1GC | *:+UseZGC | *:+UseShenandoahGC | *:+UseEpsilonGC) collector=false ;;
  esac
done
if $collector; then
  flags+=(-XX:+UseParallelGC)
fi
# Tables and tiles span hundreds of pages; large ones save a tenth of an epoch. Other systems' JVMs do not know the option.
if [ "$(uname)" = Linux ]; then
  flags+=(-XX:+UseTransparentHugePages)
fi
# Rows of tables begin at cache lines then: a quarter to a third less time for products with a graph. Small objects take
# more room, and the JVM starts later, as it cannot use its archive of classes.
case "${1:-}" in
  train | tune | compare | reproduce | rerun) flags+=(-XX:ObjectAlignmentInBytes=64) ;;
esac
# In the C locale Java has no letters but those of ASCII: ids and file names given here would be others. A locale that is
# not installed is the C locale, too.
locale=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
if command -v locale >/dev/null; then
  case $(locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII) locale=C ;;
  esac
fi
case $locale in
  C | POSIX) export LC_ALL=C.UTF-8 ;;
esac
# Lines that are written over and over need a terminal that can move its cursor.
if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
  flags+=(-Dbsl.terminal=true)
fi

class_path=$app/lib/*
if $spark; then
  # As Spark starts its own JVMs (org.apache.spark.launcher.JavaModuleOptions).
  flags+=(
    -XX:+IgnoreUnrecognizedVMOptions
    --add-opens=java.base/java.lang=ALL-UNNAMED
    --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
    --add-opens=java.base/java.lang.reflect=ALL-UNNAMED
    --add-opens=java.base/java.io=ALL-UNNAMED
    --add-opens=java.base/java.net=ALL-UNNAMED
    --add-opens=java.base/java.nio=ALL-UNNAMED
    --add-opens=java.base/java.util=ALL-UNNAMED
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
    --add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED
    --add-opens=java.base/jdk.internal.ref=ALL-UNNAMED
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED
    --add-opens=java.base/sun.nio.cs=ALL-UNNAMED
    --add-opens=java.base/sun.security.action=ALL-UNNAMED
    --add-opens=java.base/sun.util.calendar=ALL-UNNAMED
    -Djdk.reflect.useDirectMethodHandle=false
    -Dio.netty.tryReflectionSetAccessible=true
  )
  # One jar, in which libraries that Spark has in other versions have other names.
  class_path=$app/spark/bsl-spark-app.jar:$home_of_spark/jars/*
  export SPARK_HOME=$home_of_spark SPARK_SCALA_VERSION=2.13
fi

# BSL_JAVA_OPTS, e.g. "-Xmx1g", goes to the JVM as it is. BSL_CLASSPATH adds jars with losses and backbones of other projects.
# shellcheck disable=SC2086
exec "$java" "${flags[@]}" ${BSL_JAVA_OPTS:-} -cp "$class_path${BSL_CLASSPATH:+:$BSL_CLASSPATH}" bsl.cli.Main "$@"
