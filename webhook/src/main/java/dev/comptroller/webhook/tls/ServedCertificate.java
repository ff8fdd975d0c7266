package dev.comptroller.webhook.tls;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that is served at present. A new one takes its place only after it was checked;
 * until then, and whatever goes wrong, the last good one stays.
 */
public final class ServedCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(ServedCertificate.class);

  private final CertificateSource source;
  private final Set<String> names;
  private final Clock clock;
  private final Listener listener;
  private volatile Optional<ServingPair> served = Optional.empty();
  private volatile Instant reloaded = Instant.EPOCH;
  private final Counter failures;

  /** Takes a new pair into use. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Serves this pair from now on.
     *
     * @throws Exception if it cannot; the pair before it stays
     */
    void serve(ServingPair pair) throws Exception;
  }

  /**
   * @param names DNS names and addresses that every certificate has to cover
   */
  public ServedCertificate(
      CertificateSource source,
      Set<String> names,
      Clock clock,
      Listener listener,
      MeterRegistry registry) {
    this.source = source;
    this.names = Set.copyOf(names);
    this.clock = clock;
    this.listener = listener;
    Gauge.builder("comptroller.webhook.certificate.not.after.seconds", this::notAfter)
        .description("End of the served certificate's validity, in seconds since 1970")
        .register(registry);
    Gauge.builder("comptroller.webhook.certificate.reloaded.seconds", this::reloadedAt)
        .description("When a certificate was last taken into use, in seconds since 1970")
        .register(registry);
    this.failures =
        Counter.builder("comptroller.webhook.certificate.reload.failures")
            .description("Certificates that could not be had, or were not fit to be served")
            .register(registry);
  }

  /** Asks the source, and serves what it gives if that is new and good. Never throws. */
  public void refresh() {
    Instant now = clock.instant();
    try {
      ServingPair pair = source.current(now);
      if (served.filter(pair::equals).isPresent()) {
        return;
      }
      pair.check(now, names);
      listener.serve(pair);
      served = Optional.of(pair);
      reloaded = now;
      LOG.info("event=certificate-loaded not-after={}", pair.notAfter());
    } catch (KubernetesClientException e) {
      failed("the API server answered " + e.getCode());
    } catch (UnusableCertificateException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      failed(e.getClass().getName());
    }
  }

  /** Whether a certificate is served, is valid, and is trusted as far as that is our task. */
  public boolean good() {
    return source.published()
        && served.filter(pair -> clock.instant().isBefore(pair.notAfter())).isPresent();
  }

  private void failed(String reason) {
    failures.increment();
    LOG.error(
        "event=certificate-not-loaded kept={} reason=\"{}\"",
        served.map(ServingPair::toString).orElse("none"),
        reason);
  }

  private double notAfter() {
    return served.map(pair -> (double) pair.notAfter().getEpochSecond()).orElse(0.0);
  }

  private double reloadedAt() {
    return reloaded.getEpochSecond();
  }
}
