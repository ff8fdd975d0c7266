package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much compute needs which approvals. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Compute(
    @Nullable String servingWindow, @Nullable WhenUnapproved whenUnapproved, List<Tier> tiers) {
  public Compute {
    tiers = tiers == null ? List.of() : List.copyOf(tiers);
  }
}
