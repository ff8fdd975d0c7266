package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A data set at one point in time. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DataSource(
    String name, String uri, String digest, @Nullable Role role, @Nullable String classification) {
  /** What a data set is used for. */
  public enum Role {
    Training,
    Validation,
    Test
  }
}
