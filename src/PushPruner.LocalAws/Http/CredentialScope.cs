namespace PushPruner.LocalAws;

/// <summary>
/// What a Signature Version 4 header says it was signed for. The signature itself is not verified, because this registry knows no secrets.
/// </summary>
static class CredentialScope
{
    const string Algorithm = "AWS4-HMAC-SHA256 ";

    /// <exception cref="AwsError">The header is missing, or for another service or region.</exception>
    internal static void Check(string? authorization, string region, string service)
    {
        if (authorization?.StartsWith(Algorithm, StringComparison.Ordinal) is not true || Scope(authorization) is not { } scope)
            throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
        if (scope is not [_, _, var signedRegion, var signedService, "aws4_request"])
            throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
        if (!string.Equals(signedRegion, region, StringComparison.Ordinal))
            throw new AwsError("InvalidSignatureException", $"Credential should be scoped to a valid region, not '{signedRegion}'.");
        if (!string.Equals(signedService, service, StringComparison.Ordinal))
            throw new AwsError("InvalidSignatureException", $"Credential should be scoped to correct service: '{service}'.");
    }

    static string[]? Scope(string authorization) => authorization[Algorithm.Length..]
        .Split(',', StringSplitOptions.TrimEntries)
        .FirstOrDefault(part => part.StartsWith("Credential=", StringComparison.Ordinal))?["Credential=".Length..]
        .Split('/');
}
