using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PushPruner.LocalAws;

/// <summary>Manifests, by tag or by digest. They are put and read by the same calls as in ECR's own API, so the same follows.</summary>
sealed class ManifestEndpoint(LocalRegistry registry, BlobStore blobs)
{
    const int LargestManifest = 4 * 1024 * 1024;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal async Task PutAsync(HttpContext context, DistributionPath target)
    {
        var text = await ReadBodyAsync(context);
        var digest = ManifestFacts.DigestOf(text);
        var facts = Facts(text);
        var isDigest = IsDigest(target.Reference);
        if (isDigest && target.Reference != digest)
        {
            throw DistributionError.ManifestInvalid(
                $"The image with digest '{target.Reference}' in repository '{target.Repository}' and registry ID "
                    + $"'{registry.Options.AccountId}' "
                + "does not match the image digest that Amazon ECR has calculated.");
        }

        registry.PrepareForPush(target.Repository);
        CheckLayers(target.Repository, digest, facts);
        try
        {
            var call = new PutImageCall
            {
                RepositoryName = target.Repository,
                ImageManifest = text,
                ImageManifestMediaType = MediaType(context.Request),
                ImageTag = isDigest ? null : target.Reference,
            };
            await registry.SendAsync(call, context.RequestAborted);
        }
        catch (EcrError error) when (error.Code == "ImageAlreadyExistsException")
        {
            // Pushing again what is there already succeeds here, and changes nothing.
        }

        context.Response.Headers["Docker-Content-Digest"] = digest;
        if (facts.SubjectDigest is { } subject)
            context.Response.Headers["OCI-Subject"] = subject;
        await context.Located($"/v2/{target.Repository}/manifests/{digest}", 201);
    }

    internal async Task ReadAsync(HttpContext context, DistributionPath target)
    {
        var call = new BatchGetImageCall
        {
            RepositoryName = target.Repository,
            ImageIds = [IsDigest(target.Reference) ? EcrImageId.Digest(target.Reference) : EcrImageId.Tag(target.Reference)],
            IsPull = !HttpMethods.IsHead(context.Request.Method) || registry.Options.HeadCountsAsPull,
        };
        var answer = await registry.SendAsync(call, context.RequestAborted);
        if (answer.Failures is [var failure])
            throw DistributionError.Of(failure);

        var image = answer.Images[0];
        context.Response.Headers["Docker-Content-Digest"] = image.ImageId.ImageDigest;
        await context.SendAsync(image.ImageManifestMediaType, Encoding.UTF8.GetBytes(image.ImageManifest));
    }

    // A manifest that is there gets a tag more, whether its layers came through here or not.
    void CheckLayers(string repository, string digest, ManifestFacts facts)
    {
        if (registry.HasManifest(repository, digest))
            return;
        var missing = facts.Blobs.Where(blob => !blobs.Has(repository, blob)).ToList();
        if (missing.Count > 0)
            throw DistributionError.LayersMissing(missing, repository, registry.Options.AccountId);
    }

    static ManifestFacts Facts(string text)
    {
        try
        {
            return ManifestFacts.Read(text);
        }
        catch (JsonException error)
        {
            throw DistributionError.ManifestInvalid($"The manifest is not the JSON of a manifest: {error.Message}");
        }
    }

    static async Task<string> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length is 0 or > LargestManifest)
            throw DistributionError.ManifestInvalid($"A manifest has 1 to {LargestManifest} bytes");
        try
        {
            return Strict.GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            throw DistributionError.ManifestInvalid("The manifest is not UTF-8");
        }
    }

    static string? MediaType(HttpRequest request) => request.ContentType?.Split(';')[0].Trim() is { Length: > 0 } type ? type : null;

    static bool IsDigest(string reference) => reference.Contains(':', StringComparison.Ordinal);
}
