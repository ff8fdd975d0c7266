package dev.comptroller.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedCertificateTest {
  private final TestAuthority authority = new TestAuthority();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ServingPair> served = new ArrayList<>();
  private final Instant now = Instant.now();

  @TempDir private Path directory;

  @Test
  void a_certificate_is_taken_into_use_once() throws Exception {
    ServingPair pair = authority.pair();
    write(directory, pair);
    ServedCertificate certificate = of(Set.of("localhost"), now);

    certificate.refresh();
    certificate.refresh();

    assertThat(served).containsExactly(pair);
    assertThat(certificate.good()).isTrue();
    assertThat(gauge("not.after")).isEqualTo(pair.notAfter().getEpochSecond());
    assertThat(gauge("reloaded")).isEqualTo(now.getEpochSecond());
  }

  @Test
  void a_key_of_another_certificate_is_refused_and_the_last_good_pair_stays() throws Exception {
    ServingPair good = authority.pair();
    write(directory, good);
    ServedCertificate certificate = of(Set.of("localhost"), now);
    certificate.refresh();

    write(directory, authority.mismatched());
    certificate.refresh();

    assertThat(served).containsExactly(good);
    assertThat(certificate.good()).isTrue();
    assertThat(failures()).isEqualTo(1);
  }

  @Test
  void whatever_is_wrong_with_a_new_pair_the_last_good_one_stays() throws Exception {
    ServingPair good = authority.pair();
    write(directory, good);
    ServedCertificate certificate = of(Set.of("localhost"), now);
    certificate.refresh();

    write(directory, authority.pair(now.minus(Duration.ofHours(2)), Duration.ofHours(1)));
    certificate.refresh();
    write(directory, authority.pair(now.plus(Duration.ofHours(1)), Duration.ofHours(1)));
    certificate.refresh();
    Files.writeString(directory.resolve("tls.crt"), "no certificate");
    certificate.refresh();
    Files.delete(directory.resolve("tls.key"));
    certificate.refresh();

    assertThat(served).containsExactly(good);
    assertThat(failures()).isEqualTo(4);
    ServingPair next = authority.pair();
    write(directory, next);
    certificate.refresh();
    assertThat(served).containsExactly(good, next);
  }

  @Test
  void a_certificate_for_other_names_is_never_served() throws Exception {
    write(directory, authority.pair());
    ServedCertificate certificate = of(Set.of("webhook.system.svc"), now);

    certificate.refresh();

    assertThat(served).isEmpty();
    assertThat(certificate.good()).isFalse();
  }

  @Test
  void a_server_that_could_not_take_a_pair_is_given_it_again() throws Exception {
    write(directory, authority.pair());
    List<ServingPair> attempts = new ArrayList<>();
    ServedCertificate certificate =
        new ServedCertificate(
            new MountedCertificate(directory),
            Set.of(),
            Clock.fixed(now, ZoneOffset.UTC),
            pair -> {
              attempts.add(pair);
              if (attempts.size() == 1) {
                throw new IllegalStateException("busy");
              }
            },
            registry);

    certificate.refresh();
    assertThat(certificate.good()).isFalse();
    certificate.refresh();

    assertThat(attempts).hasSize(2);
    assertThat(certificate.good()).isTrue();
  }

  @Test
  void a_certificate_that_has_ended_is_not_good() throws Exception {
    write(directory, authority.pair(now.minus(Duration.ofMinutes(59)), Duration.ofHours(1)));
    TickingClock clock = new TickingClock(now);
    ServedCertificate certificate =
        new ServedCertificate(
            new MountedCertificate(directory), Set.of(), clock, served::add, registry);
    certificate.refresh();
    assertThat(certificate.good()).isTrue();

    clock.now = now.plus(Duration.ofMinutes(2));

    assertThat(certificate.good()).isFalse();
  }

  @Test
  void a_mounted_secret_is_read_from_one_side_of_the_swap_of_its_link() throws Exception {
    ServingPair old = authority.pair();
    ServingPair next = authority.pair();
    Path before = Files.createDirectory(directory.resolve("..1"));
    Path after = Files.createDirectory(directory.resolve("..2"));
    write(before, old);
    write(after, next);
    Files.createSymbolicLink(directory.resolve("..data"), before);
    MountedCertificate source = new MountedCertificate(directory);
    assertThat(source.current(now)).isEqualTo(old);

    Files.createSymbolicLink(directory.resolve("..data_tmp"), after);
    Files.move(
        directory.resolve("..data_tmp"),
        directory.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE);

    assertThat(source.current(now)).isEqualTo(next);
  }

  @Test
  void nothing_that_is_logged_shows_a_key() {
    ServingPair pair = authority.pair();

    assertThat(pair.toString()).doesNotContain("PRIVATE").contains("until");
    assertThat(pair.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----");
  }

  private ServedCertificate of(Set<String> names, Instant at) {
    return new ServedCertificate(
        new MountedCertificate(directory),
        names,
        Clock.fixed(at, ZoneOffset.UTC),
        served::add,
        registry);
  }

  private static void write(Path directory, ServingPair pair) throws Exception {
    Files.writeString(directory.resolve("tls.crt"), pair.certificatePem());
    Files.writeString(directory.resolve("tls.key"), pair.keyPem());
  }

  private long gauge(String name) {
    return (long)
        registry.get("comptroller.webhook.certificate." + name + ".seconds").gauge().value();
  }

  private double failures() {
    return registry.get("comptroller.webhook.certificate.reload.failures").counter().count();
  }

  private static final class TickingClock extends Clock {
    private Instant now;

    private TickingClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
