package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineProbeTest {
  @Test
  void theModelIsThatOfTheFirstProcessor() {
    String cpuInfo =
        "processor\t: 0\nmodel\t\t: 1\nmodel name\t: AMD EPYC 7B13 \nstepping\t: 0\n\n"
            + "processor\t: 1\nmodel name\t: Another\n";

    assertThat(MachineProbe.modelName(cpuInfo)).isEqualTo("AMD EPYC 7B13");
    assertThat(MachineProbe.modelName("Features\t: fp asimd\n")).isEmpty();
  }

  /** Linux gives processors of ARM no name. */
  @Test
  void processorsOfArmDifferByTheirParts() {
    String cpuInfo =
        "processor\t: 0\nBogoMIPS\t: 243.75\nCPU implementer\t: 0x41\nCPU architecture: 8\n"
            + "CPU variant\t: 0x3\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\nprocessor\t: 1\n";

    assertThat(MachineProbe.modelName(cpuInfo)).isEqualTo("ARM implementer 0x41 part 0xd0c rev 1");
  }

  @Test
  void theKernelsNameHasTheWidth() {
    assertThat(MachineProbe.vectorBits("vector-512\n")).isEqualTo(512);
    assertThat(MachineProbe.vectorBits("scalar\n")).isZero();
    assertThat(MachineProbe.vectorBits("")).isZero();
  }

  @Test
  void thisMachineIsKnown() {
    Machine machine = MachineProbe.machine();

    assertThat(machine.java()).isEqualTo(Runtime.version().feature());
    assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    // The build demands vector kernels in its tests.
    assertThat(machine.vectorBits()).isIn(128, 256, 512);
    assertThat(machine.cpu()).isNotBlank();
  }

  @Test
  void aSlugIsFitForAFile() {
    assertThat(Points.MACHINE.slug()).isEqualTo("some-cpu-2-5ghz-2-256-linux-amd64-java17");
  }
}
