using Amazon.ECR.Model;
using PushPruner.Ports;

namespace PushPruner.Aws.Ecr;

/// <summary>Finds, for each id of a delete, what ECR answered.</summary>
static class DeleteAnswers
{
    const string NoAnswer = "NoAnswer";

    public static IReadOnlyList<DeleteAnswer> Match(IReadOnlyList<ImageId> ids, BatchDeleteImageResponse response)
    {
        // The response's collections are null when absent.
        var failures = response.Failures ?? [];
        var deleted = response.ImageIds ?? [];
        return [.. ids.Select(id =>
        {
            if (failures.Find(f => Names(f.ImageId, id)) is { } failure)
                return new DeleteAnswer(id, failure.FailureCode?.Value ?? NoAnswer, failure.FailureReason);

            return deleted.Exists(d => Names(d, id))
                ? new DeleteAnswer(id)
                : new DeleteAnswer(id, NoAnswer, "ECR said neither that it was deleted nor why not");
        })];
    }

    // ECR echoes what it was asked with, sometimes only a part of it; for a delete by digest it gives each tag that went along.
    static bool Names(ImageIdentifier answered, ImageId asked)
    {
        var isTag = asked.Tag is null || answered.ImageTag is null || answered.ImageTag == asked.Tag;
        return answered.ImageDigest is null
            ? asked.Tag is not null && answered.ImageTag == asked.Tag
            : answered.ImageDigest == asked.Digest.Value && isTag;
    }
}
