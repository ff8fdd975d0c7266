package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Latency;
import dev.comptroller.api.v1alpha1.ModelDeploymentSpec;
import dev.comptroller.api.v1alpha1.ServiceLevel;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How an endpoint is watched. Model servers share no metric, so the objectives read two that the
 * runtime, or a proxy in its pod, has to export on the metrics port: the counter {@code
 * comptroller_requests_total} with the label {@code code}, and the histogram {@code
 * comptroller_request_seconds} with a bucket at the latency threshold. Where they are missing an
 * alert says so.
 */
record ServingMonitoring(Parent parent, String name, ModelDeploymentSpec spec, Wiring wiring) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Duration DEFAULT_PERIOD = Duration.ofDays(30);

  /** Requests, failures and pods. */
  KubernetesObject dashboard() {
    String pods = "{namespace=\"" + namespace() + "\",deployment=\"" + parent.name() + "\"}";
    return new Dashboard(
            "Model " + namespace() + "/" + parent.object().name(),
            List.of(
                new Dashboard.Panel(
                    "Requests by code",
                    "reqps",
                    "sum by (code) (rate(comptroller_requests_total{" + own() + "}[5m]))"),
                new Dashboard.Panel("Failed requests", "percentunit", failed("5m")),
                new Dashboard.Panel(
                    "Time to answer, 95th percentile",
                    "s",
                    "histogram_quantile(0.95, sum by (le)"
                        + " (rate(comptroller_request_seconds_bucket{"
                        + own()
                        + "}[5m])))"),
                new Dashboard.Panel(
                    "Pods available", "short", "kube_deployment_status_replicas_available" + pods)))
        .configMap(parent, name + "-dashboard");
  }

  /** ServiceMonitor and PrometheusRule; nothing where the runtime has no port with metrics. */
  List<KubernetesObject> objects() {
    if (spec.runtime().metricsPort() == null) {
      return List.of();
    }
    return List.of(
        Monitors.service(parent, name, ServingPodSpec.METRICS_PORT, "/metrics", wiring),
        AlertRules.object(parent, name, wiring, groups()));
  }

  private List<ObjectNode> groups() {
    List<ObjectNode> groups = new ArrayList<>();
    groups.add(
        rules()
            .alert(
                "ModelMetricsAbsent",
                "ticket",
                "15m",
                "absent(comptroller_requests_total{"
                    + own()
                    + "}) and on () kube_deployment_spec_replicas{namespace=\""
                    + namespace()
                    + "\",deployment=\""
                    + parent.name()
                    + "\"} > 0",
                "The endpoint exports no comptroller_requests_total: its objectives are not watched.")
            .group(name));
    ServiceLevel objective = spec.slo();
    if (objective == null) {
      return groups;
    }
    Duration period =
        objective.window() == null ? DEFAULT_PERIOD : Durations.parse(objective.window());
    String availability = objective.availability();
    if (availability != null) {
      BigDecimal budget = BigDecimal.ONE.subtract(new BigDecimal(availability).divide(HUNDRED));
      groups.add(objective("availability", new BurnRate(budget, period), this::failed));
    }
    Latency latency = objective.latency();
    if (latency != null) {
      BigDecimal budget = BigDecimal.ONE.subtract(new BigDecimal(latency.quantile()));
      String bucket = bucket(Durations.parse(latency.threshold()));
      groups.add(
          objective("latency", new BurnRate(budget, period), window -> slow(bucket, window)));
    }
    return groups;
  }

  private ObjectNode objective(String kind, BurnRate burnRate, UnaryOperator<String> ratio) {
    AlertRules rules = rules();
    UnaryOperator<String> recorded =
        window -> "comptroller:" + kind + "_missed:ratio_rate" + window;
    for (String window : BurnRate.windows()) {
      rules.record(recorded.apply(window), ratio.apply(window));
    }
    String matching = "{namespace=\"" + namespace() + "\",service=\"" + parent.name() + "\"}";
    for (String severity : List.of("page", "ticket")) {
      String expression =
          burnRate.expression(severity, window -> recorded.apply(window) + matching);
      if (!expression.isEmpty()) {
        rules.alert(
            "Model" + (kind.equals("latency") ? "Latency" : "Availability") + "BudgetBurn",
            severity,
            "2m",
            expression,
            "The endpoint spends its " + kind + " budget too fast.");
      }
    }
    return rules.group(name + "-" + kind);
  }

  private AlertRules rules() {
    return new AlertRules(
        Map.of(
            "namespace",
            namespace(),
            "service",
            parent.name(),
            "model",
            spec.model().name(),
            "version",
            spec.model().version(),
            "team",
            spec.owner()));
  }

  private String failed(String window) {
    return rate("comptroller_requests_total", ",code=~\"5..\"", window)
        + " / "
        + rate("comptroller_requests_total", "", window);
  }

  private String slow(String bucket, String window) {
    return "1 - "
        + rate("comptroller_request_seconds_bucket", ",le=" + bucket, window)
        + " / "
        + rate("comptroller_request_seconds_count", "", window);
  }

  private String rate(String metric, String matching, String window) {
    return "sum(rate(" + metric + "{" + own() + matching + "}[" + window + "]))";
  }

  /** The labels that the ServiceMonitor's scrape sets. */
  private String own() {
    return "namespace=\"" + namespace() + "\",service=\"" + parent.name() + "\"";
  }

  private String namespace() {
    return parent.object().namespace();
  }

  /** Matches the bucket in seconds; exporters write a whole number with and without decimals. */
  private static String bucket(Duration threshold) {
    BigDecimal seconds = BigDecimal.valueOf(threshold.toMillis(), 3).stripTrailingZeros();
    String text = seconds.toPlainString();
    return seconds.scale() > 0 ? "\"" + text + "\"" : "~\"" + text + "|" + text + "[.]0\"";
  }
}
