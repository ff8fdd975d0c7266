package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What is approved, how much of it, where and until when. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApprovalSpec(
    ApprovalSubject subject,
    String gpuHours,
    String cluster,
    String reason,
    @Nullable String ticket,
    @Nullable String notBefore,
    String expires) {}
