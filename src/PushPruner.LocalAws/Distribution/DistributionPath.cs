namespace PushPruner.LocalAws;

/// <summary>
/// What a path below /v2/ is about. A name may hold slashes, and even the words of the paths, so it is read from the end.
/// </summary>
sealed record DistributionPath(string Repository, DistributionResource Resource, string Reference = "")
{
    /// <returns>Null for a path that the specification doesn't have.</returns>
    internal static DistributionPath? Read(string path) => path.Split('/') switch
    {
        [.. var name, "blobs", "uploads"] => new(Name(name), DistributionResource.Uploads),
        [.. var name, "blobs", "uploads", ""] => new(Name(name), DistributionResource.Uploads),
        [.. var name, "blobs", "uploads", var id] => new(Name(name), DistributionResource.Upload, id),
        [.. var name, "blobs", var digest] => new(Name(name), DistributionResource.Blob, digest),
        [.. var name, "manifests", var reference] => new(Name(name), DistributionResource.Manifest, reference),
        [.. var name, "tags", "list"] => new(Name(name), DistributionResource.Tags),
        [.. var name, "referrers", var digest] => new(Name(name), DistributionResource.Referrers, digest),
        _ => null,
    };

    static string Name(string[] segments) => string.Join('/', segments);
}
