package dev.comptroller.webhook.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything we issue to ourselves, as all replicas share it. An authority is replaced in two
 * steps: its successor is published first, and signs only when every API server trusts it; the old
 * one stays trusted until it expires.
 *
 * @param authority signs the serving certificate
 * @param successor will sign once it is trusted
 * @param retired authorities that signed before, and may still be seen
 * @param serving what the servers show
 */
record IssuedCertificates(
    Authority authority,
    Optional<Authority> successor,
    List<X509Certificate> retired,
    ServingPair serving) {

  IssuedCertificates {
    retired = List.copyOf(retired);
  }

  /** The first certificates of an installation. */
  static IssuedCertificates first(Set<String> names, Instant now, Lifetimes lifetimes) {
    Authority authority = Authority.create(now, lifetimes.authority());
    return new IssuedCertificates(
        authority, Optional.empty(), List.of(), authority.issue(names, now, lifetimes.serving()));
  }

  /** What the API server has to trust, newest last. */
  List<X509Certificate> trusted() {
    List<X509Certificate> trusted = new ArrayList<>(retired);
    trusted.add(authority.certificate());
    successor.map(Authority::certificate).ifPresent(trusted::add);
    return List.copyOf(trusted);
  }

  /**
   * The certificates that should take the place of these now; equal to these if nothing is due.
   *
   * @param names what this replica is called by
   * @param published what the API server is told to trust at present
   */
  IssuedCertificates advanced(
      Set<String> names, Instant now, Lifetimes lifetimes, List<X509Certificate> published)
      throws UnusableCertificateException {
    return withoutExpired(now)
        .withSuccessorPrepared(now, lifetimes)
        .withSuccessorPromoted(names, now, lifetimes, published)
        .withServingRenewed(names, now, lifetimes);
  }

  private IssuedCertificates withoutExpired(Instant now) {
    return new IssuedCertificates(
        authority,
        successor,
        retired.stream()
            .filter(certificate -> now.isBefore(certificate.getNotAfter().toInstant()))
            .toList(),
        serving);
  }

  private IssuedCertificates withSuccessorPromoted(
      Set<String> names, Instant now, Lifetimes lifetimes, List<X509Certificate> published) {
    if (successor.isEmpty()) {
      return this;
    }
    Authority next = successor.get();
    Instant noticed = Authority.created(next.certificate()).plus(lifetimes.propagation());
    boolean trusted = published.contains(next.certificate()) && now.isAfter(noticed);
    boolean nothingToLose = now.isAfter(authority.certificate().getNotAfter().toInstant());
    if (!trusted && !nothingToLose) {
      return this;
    }
    List<X509Certificate> before = new ArrayList<>(retired);
    before.add(authority.certificate());
    return new IssuedCertificates(
        next, Optional.empty(), before, next.issue(names, now, lifetimes.serving()));
  }

  private IssuedCertificates withSuccessorPrepared(Instant now, Lifetimes lifetimes) {
    if (successor.isPresent() || !due(authority.certificate(), now, lifetimes)) {
      return this;
    }
    return new IssuedCertificates(
        authority, Optional.of(Authority.create(now, lifetimes.authority())), retired, serving);
  }

  private IssuedCertificates withServingRenewed(Set<String> names, Instant now, Lifetimes lifetimes)
      throws UnusableCertificateException {
    X509Certificate leaf = serving.leaf();
    Instant authorityEnd = authority.certificate().getNotAfter().toInstant();
    boolean cutShort = serving.notAfter().equals(authorityEnd);
    if (!authority.issued(leaf) || (due(leaf, now, lifetimes) && !cutShort)) {
      return serving(authority.issue(names, now, lifetimes.serving()));
    }
    if (serving.names().containsAll(names)) {
      return this;
    }
    // During a change of names each replica adds its own: none takes away what another answers to.
    Set<String> all = new TreeSet<>(serving.names());
    all.addAll(names);
    return serving(authority.issue(all, now, lifetimes.serving()));
  }

  private IssuedCertificates serving(ServingPair pair) {
    return new IssuedCertificates(authority, successor, retired, pair);
  }

  private static boolean due(X509Certificate certificate, Instant now, Lifetimes lifetimes) {
    return lifetimes.dueForRenewal(
        Authority.created(certificate), certificate.getNotAfter().toInstant(), now);
  }
}
