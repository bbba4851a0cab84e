using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PushPruner.LocalAws;

/// <summary>The tags of a repository, page by page, and the referrers of a manifest.</summary>
sealed class ListEndpoint(LocalRegistry registry)
{
    const int LargestPage = 1000;

    internal Task TagsAsync(HttpContext context, string repository)
    {
        var query = context.Request.Query;
        var size = PageSize(query["n"]);
        var tags = registry.Tags(repository, after: query["last"], size + 1);
        var page = tags.Take(size).ToList();
        if (tags.Count > size && page.Count > 0)
        {
            context.Response.Headers.Link = string.Create(
                CultureInfo.InvariantCulture, $"</v2/{repository}/tags/list?last={page[^1]}&n={size}>; rel=\"next\"");
        }

        return context.SendAsync(
            "application/json",
            Json(json =>
            {
                json.WriteString("name", repository);
                json.WriteStartArray("tags");
                foreach (var tag in page)
                    json.WriteStringValue(tag);
                json.WriteEndArray();
            }));
    }

    // A manifest list that is not stored. It is empty without referrers, even if there is no such subject.
    internal Task ReferrersAsync(HttpContext context, DistributionPath target)
    {
        if (!Constraint.IsDigest(target.Reference))
            throw DistributionError.DigestInvalid($"'{target.Reference}' is no digest");
        var type = (string?)context.Request.Query["artifactType"];
        if (type is not null)
            context.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        return context.SendAsync(ManifestMediaTypes.OciManifestList, Json(json =>
        {
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", ManifestMediaTypes.OciManifestList);
            json.WriteStartArray("manifests");
            foreach (var referrer in registry.Referrers(target.Repository, target.Reference))
                Write(json, referrer, type);
            json.WriteEndArray();
        }));
    }

    static void Write(Utf8JsonWriter json, StoredImage referrer, string? onlyOfType)
    {
        var facts = referrer.Manifest is { } manifest ? ManifestFacts.Read(manifest) : new();
        var type = facts.ArtifactType ?? referrer.ArtifactMediaType;
        if (onlyOfType is not null && type != onlyOfType)
            return;
        json.WriteStartObject();
        json.WriteString("mediaType", referrer.MediaType);
        json.WriteString("digest", referrer.Digest);
        json.WriteNumber("size", Encoding.UTF8.GetByteCount(referrer.Manifest ?? ""));
        if (type is not null)
            json.WriteString("artifactType", type);
        if (facts.Annotations is { } annotations)
        {
            json.WritePropertyName("annotations");
            json.WriteRawValue(annotations);
        }

        json.WriteEndObject();
    }

    static int PageSize(string? asked)
    {
        if (asked is null)
            return LargestPage;
        return int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? Math.Min(size, LargestPage)
            : throw new DistributionError("PAGINATION_NUMBER_INVALID", $"n is '{asked}': a number from 0 to {LargestPage}", 400);
    }

    static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
