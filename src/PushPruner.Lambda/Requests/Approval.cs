using System.Globalization;
using PushPruner.Policies;
using PushPruner.Pruning;

namespace PushPruner.Lambda.Requests;

/// <summary>How a person approves a halted run.</summary>
static class Approval
{
    const int MostDeletes = 100_000;

    /// <summary>
    /// The command that runs the same again, for what the halted run found and no more. Without its own timeout the AWS CLI would stop
    /// waiting after a minute and send the request again. A file of bytes is the one kind of payload that its versions 1 and 2 read alike.
    /// </summary>
    /// <param name="function">The name or ARN of <c>ReconcileRepository</c>.</param>
    public static string Command(string function, Jobs.ReconcileRequest request, ApprovalTerms terms)
    {
        if (terms.Count > MostDeletes)
            return $"one run may delete {MostDeletes} at most, so run it first with a keepDays so large that no more are expired";

        List<string> fields =
        [
            $"\"repository\":\"{request.Repository}\"",
            string.Create(CultureInfo.InvariantCulture, $"\"maxDeletes\":{terms.Count}"),
            $"\"asOf\":\"{ApprovedInstant.Text(terms.AsOf)}\"",
            $"\"policy\":\"{terms.PolicyHash}\"",
        ];
        if (request.KeepNewest is { } newest)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"keepNewest\":{newest}"));
        if (request.KeepFor is { } keepFor)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"keepDays\":{(decimal)keepFor.Ticks / TimeSpan.TicksPerDay}"));

        var region = function.Split(':') is ["arn", _, "lambda", var named, ..] ? $" --region {named}" : "";
        return $$"""
            echo '{{{string.Join(',', fields)}}}' | AWS_MAX_ATTEMPTS=1 aws lambda invoke{{region}} --function-name {{function}}
            """
            + " --cli-read-timeout 0 --payload fileb:///dev/stdin /dev/stdout";
    }
}
