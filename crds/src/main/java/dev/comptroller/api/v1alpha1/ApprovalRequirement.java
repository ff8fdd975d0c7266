package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many persons of these authorities must approve. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApprovalRequirement(
    Integer count, List<String> authorities, @Nullable Boolean distinctOrganizations) {
  public ApprovalRequirement {
    authorities = authorities == null ? List.of() : List.copyOf(authorities);
  }
}
