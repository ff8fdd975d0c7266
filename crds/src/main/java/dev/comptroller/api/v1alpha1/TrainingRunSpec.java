package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a training run is for, what goes into it, and the workload that runs it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrainingRunSpec(
    String experiment,
    String owner,
    String purpose,
    Stage stage,
    TrainedModel model,
    @Nullable Source source,
    List<DataSource> data,
    Map<String, String> hyperparameters,
    @Nullable DeclaredCompute declared,
    List<SecretMount> secrets,
    @Nullable Monitoring monitoring,
    WorkloadTemplate workload,
    @Nullable Boolean suspend) {
  public TrainingRunSpec {
    data = data == null ? List.of() : List.copyOf(data);
    hyperparameters = hyperparameters == null ? Map.of() : Map.copyOf(hyperparameters);
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
  }
}
