package dev.telar.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorReportTest {

  @TempDir Path folder;

  private ErrorReport read(String content) throws Exception {
    return ErrorReport.read(Files.writeString(folder.resolve("hs_err.log"), content)).orElseThrow();
  }

  @Test
  void aFaultIsReadWithItsSignalAndFrame() throws Exception {
    ErrorReport report =
        read(
            """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f3b5c0a1b2c, pid=1234, tid=1235
            #
            # Problematic frame:
            # C  [libjpeg.so.62+0x1b2c]  decode_mcu+0x4c
            #
            """);
    assertThat(report.signal()).isEqualTo(11);
    assertThat(report.frame()).isEqualTo("C  [libjpeg.so.62+0x1b2c]  decode_mcu+0x4c");
    assertThat(report.forMemory()).isFalse();
    assertThat(report.summary()).startsWith("SIGSEGV (0xb)").endsWith("decode_mcu+0x4c");
  }

  @Test
  void anErrorOfTheJvmItselfHasNoSignal() throws Exception {
    ErrorReport report =
        read(
            """
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  Internal Error (sharedRuntime.cpp:553), pid=1, tid=2
            """);
    assertThat(report.signal()).isZero();
    assertThat(report.summary()).isEqualTo("Internal Error (sharedRuntime.cpp:553), pid=1, tid=2");
  }

  @Test
  void wantOfNativeMemoryIsToldApart() throws Exception {
    ErrorReport report =
        read(
            """
            #
            # There is insufficient memory for the Java Runtime Environment to continue.
            # Native memory allocation (mmap) failed to map 65536 bytes.
            """);
    assertThat(report.forMemory()).isTrue();
    assertThat(report.summary()).contains("failed to map 65536 bytes");
  }

  @Test
  void whatIsNoReportIsNone() throws Exception {
    assertThat(ErrorReport.read(folder.resolve("none"))).isEmpty();
    assertThat(ErrorReport.read(Files.writeString(folder.resolve("x"), "hello"))).isEmpty();
  }
}
