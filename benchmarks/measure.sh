#!/bin/sh
# Runs the whole set and prints the results; wants two quiet cores.
# Arguments are handed on to JMH, e.g. -i 2 for fewer iterations. Full output: target/jmh/.
set -eu
unset CDPATH
cd "$(dirname "$0")"
jar=target/benchmarks.jar
out=target/jmh
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
(cd .. && mvn -q -pl benchmarks -am package -DskipTests)
mkdir -p "$out"

{
  date -u +%Y-%m-%d
  "$java" -version 2>&1 | head -n 1
  grep -m 1 'model name' /proc/cpuinfo 2>/dev/null || uname -m
  echo "cores: $(getconf _NPROCESSORS_ONLN)"
  echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null || uptime)"
  echo "native BLAS: $(ldconfig -p 2>/dev/null | awk '/libblas\.so\.3 / {print $NF; exit}' | xargs -r readlink -f)"
} | tee "$out/machine.txt"

# A native BLAS has its own threads, whose number must be known before the JVM starts.
measure() {
  name=$1
  threads=$2
  which=$3
  shift 3
  echo "measuring $name with $threads thread(s)" >&2
  to=$out/$name-$threads
  OPENBLAS_NUM_THREADS=$threads "$java" -jar "$jar" "$which" -p threads="$threads" -prof gc \
    -rf json -rff "$to.json" -o "$to.txt" "$@"
  grep -h 'SkippedException:' "$to.txt" | sort -u || true
  sed -n '/^Benchmark  /,$p' "$to.txt" | grep -v ':gc.alloc.rate \|:gc.count\|:gc.time'
}

measure threads 1 bsl.benchmarks -e 'bsl.benchmarks.User' -p batch=8192 -p negatives=1024 "$@"
measure threads 2 'BatchProduct|\.AdamBenchmark|TrainingEpoch|Evaluation' "$@"
for threads in 1 2; do
  measure users $threads 'UserStep|UserEpoch' "$@"
  ./track --floors "$out/users-$threads.json"
done
