using Amazon.ECR.Model;
using PushPruner.Ports;

namespace PushPruner.Aws.Ecr;

/// <summary>Finds ECR's answer for each id of a delete.</summary>
static class DeleteAnswers
{
    const string NoAnswer = "NoAnswer";

    public static IReadOnlyList<DeleteAnswer> Match(IReadOnlyList<ImageId> ids, BatchDeleteImageResponse response)
    {
        // Collections that the response lacks are null.
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

    // ECR returns the id of the request, sometimes only a part of it. For a delete by digest it returns each tag that was deleted with it.
    static bool Names(ImageIdentifier answered, ImageId asked)
    {
        var isTag = asked.Tag is null || answered.ImageTag is null || answered.ImageTag == asked.Tag;
        return answered.ImageDigest is null
            ? asked.Tag is not null && answered.ImageTag == asked.Tag
            : answered.ImageDigest == asked.Digest.Value && isTag;
    }
}
