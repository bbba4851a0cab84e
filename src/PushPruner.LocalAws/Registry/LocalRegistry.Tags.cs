namespace PushPruner.LocalAws;

public sealed partial class LocalRegistry
{
    internal ListTagsForResourceAnswer Apply(ListTagsForResourceCall call) => new()
    {
        Tags = [.. RepositoryOf(call.ResourceArn).ResourceTags.Select(tag => new ResourceTag { Key = tag.Key, Value = tag.Value })],
    };

    internal EmptyAnswer Apply(TagResourceCall call)
    {
        var repository = RepositoryOf(call.ResourceArn);
        Constraint.Present(call.Tags, "tags");
        CheckTags(call.Tags);
        if (repository.ResourceTags.Keys.Union(call.Tags.Select(tag => tag.Key!), StringComparer.Ordinal).Count() > 50)
            throw new EcrError("TooManyTagsException", "A repository can have 50 tags at most");

        foreach (var tag in call.Tags)
            repository.ResourceTags[tag.Key!] = tag.Value!;
        return new();
    }

    internal EmptyAnswer Apply(UntagResourceCall call)
    {
        var repository = RepositoryOf(call.ResourceArn);
        Constraint.Present(call.TagKeys, "tagKeys");
        foreach (var key in call.TagKeys)
            repository.ResourceTags.Remove(key);
        return new();
    }

    // Only repositories have tags, and they go by their full name.
    StoredRepository RepositoryOf(string? arn)
    {
        Constraint.Present(arn, "resourceArn");
        if (arn.Split(':') is not ["arn", _, "ecr", var region, var account, _] || RepositoryArn.NameIn(arn) is not { } name)
            throw EcrError.InvalidParameter("resourceArn", $"Invalid ARN '{arn}'");
        return string.Equals(region, options.Region, StringComparison.Ordinal)
            ? Repository(account, name)
            : throw EcrError.InvalidParameter("resourceArn", $"The resource is not in region {options.Region}");
    }

    // Values hold no * and no comma, for one.
    static void CheckTags(IReadOnlyList<ResourceTag>? tags)
    {
        foreach (var tag in tags ?? [])
        {
            if (tag is not { Key.Length: >= 1 and <= 128, Value.Length: <= 256 } || !Constraint.IsTagText(tag.Key))
            {
                throw new EcrError(
                    "InvalidTagParameterException", $"Invalid parameter at 'tags': the key or value of '{tag.Key}' is missing or too long");
            }

            if (!Constraint.IsTagText(tag.Value))
            {
                throw new EcrError(
                    "InvalidTagParameterException", $"Invalid parameter at 'tags': '{tag.Value}' has characters that a tag can't have");
            }
        }
    }
}
