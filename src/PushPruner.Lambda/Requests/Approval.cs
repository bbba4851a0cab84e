using System.Globalization;
using PushPruner.Jobs;

namespace PushPruner.Lambda.Requests;

/// <summary>How a person lets a halted reconcile go on.</summary>
static class Approval
{
    /// <summary>
    /// The command that orders the same again with so many deletes allowed. Without a time of its own the CLI would stop waiting after a minute and ask
    /// again; and of all ways to give a payload a file of bytes is the one that its versions 1 and 2 read alike.
    /// </summary>
    public static string Command(string functionArn, ReconcileOrder order, int count)
    {
        List<string> fields = [$"\"repository\":\"{order.Repository}\"", string.Create(CultureInfo.InvariantCulture, $"\"maxDeletes\":{count}")];
        if (order.KeepNewest is { } newest)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"keepNewest\":{newest}"));
        if (order.KeepFor is { } keepFor)
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"keepDays\":{(decimal)keepFor.Ticks / TimeSpan.TicksPerDay}"));

        return $$"""echo '{{{string.Join(',', fields)}}}' | aws lambda invoke --function-name {{functionArn}} --cli-read-timeout 0 --payload fileb:///dev/stdin /dev/stdout""";
    }
}
