namespace PushPruner.Deleting;

/// <summary>The ids that a delete call takes.</summary>
static class DeleteIds
{
    /// <summary>
    /// The ids that delete one manifest: a (tag, digest) pair for each tag. So ECR refuses a tag that has moved, and keeps an image that
    /// gained a tag. An untagged manifest is deleted by its digest alone, with every tag that it gains until then.
    /// </summary>
    public static IReadOnlyList<ImageId> Of(Manifest manifest) => manifest.Tags.Count == 0
        ? [new ImageId(manifest.Digest)]
        : [.. manifest.Tags.Select(tag => new ImageId(manifest.Digest, tag))];

    /// <summary>
    /// Divides items so that the ids of each part fit into one call. An item with more ids than that is alone in its part.
    /// </summary>
    public static IEnumerable<List<T>> InCalls<T>(IEnumerable<T> items, Func<T, int> idCount)
    {
        var call = new List<T>();
        var ids = 0;
        foreach (var item in items)
        {
            var more = idCount(item);
            if (call.Count > 0 && ids + more > IRegistry.MaxIds)
            {
                yield return call;
                (call, ids) = ([], 0);
            }

            call.Add(item);
            ids += more;
        }

        if (call.Count > 0)
            yield return call;
    }
}
