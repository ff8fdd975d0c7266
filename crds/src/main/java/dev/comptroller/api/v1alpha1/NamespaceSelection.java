package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Exact names of namespaces; {@code *} in {@code include} means every namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamespaceSelection(
    @JsonPropertyDescription("Exact names of namespaces, or * for every one.")
        @Required
        @Size(min = 1, max = 1024)
        List<@Size(min = 1, max = 63) @Pattern("^([*]|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$") String>
            include,
    @JsonPropertyDescription("Exact names of namespaces that the policy leaves alone.")
        @Size(max = 1024)
        List<@Size(min = 1, max = 63) @Pattern(Formats.DNS_LABEL) String> exclude) {
  public NamespaceSelection {
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
