using System.Globalization;
using PushPruner.Jobs;

namespace PushPruner.Lambda.Requests;

/// <summary>How a person lets a halted reconcile go on.</summary>
static class Approval
{
    /// <summary>
    /// The command that orders the same again with so many deletes allowed. The CLI would else stop waiting after a minute, and ask a second time.
    /// </summary>
    public static string Command(string functionArn, ReconcileOrder order, int count)
    {
        List<string> fields = [$"\"repository\":\"{order.Repository}\"", string.Create(CultureInfo.InvariantCulture, $"\"maxDeletes\":{count}")];
        if (order.KeepNewest is { } newest)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"keepNewest\":{newest}"));
        if (order.KeepFor is { } keepFor)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"keepDays\":{(decimal)keepFor.Ticks / TimeSpan.TicksPerDay}"));

        return $$"""aws lambda invoke --function-name {{functionArn}} --cli-read-timeout 0 --cli-binary-format raw-in-base64-out --payload '{{{string.Join(',', fields)}}}' /dev/stdout""";
    }
}
