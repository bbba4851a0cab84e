using System.Text.Json;
using PushPruner.Lambda.Events;
using PushPruner.Policies;

namespace PushPruner.Lambda.Requests;

/// <summary>The payload of <c>ReconcileRepository</c>.</summary>
/// <param name="Execution">The state machine's execution, for the log; null if the payload has none.</param>
public sealed record ReconcilePayload(Jobs.ReconcileRequest Request, string? Execution)
{
    /// <summary>Which of its runs of the repository the state machine starts; null if it did not start it.</summary>
    public int? Run { get; init; }

    const string Repository = "repository";
    const string DryRun = "dryRun";
    const string MaxDeletes = "maxDeletes";
    const string AsOf = "asOf";
    const string Policy = "policy";
    const string KeepNewest = "keepNewest";
    const string KeepDays = "keepDays";
    const string RepositoryAllowed = "the name of a repository, such as team/app";

    /// <param name="now">An approved instant may not be later.</param>
    /// <exception cref="MalformedRequestException">Names the field, its value and what is allowed.</exception>
    public static ReconcilePayload Read(JsonElement request, DateTimeOffset now)
    {
        var fields = new RequestFields(
            request, Repository, DryRun, MaxDeletes, AsOf, Policy, KeepNewest, KeepDays, ExecutionField.Name, RunField.Name);
        var repository = fields.Text(Repository, RepositoryName.IsValid, RepositoryAllowed)
            ?? throw MalformedRequestException.Of(Repository, value: null, RepositoryAllowed);
        var reconcile = new Jobs.ReconcileRequest(repository)
        {
            DryRun = fields.Flag(DryRun),
            MaxDeletes = fields.Number(MaxDeletes, Setting.MaxDeletes),
            AsOf = fields.Text(AsOf, text => ApprovedInstant.TryRead(text, now, out _), ApprovedInstant.Allowed) is { } instant
                ? ApprovedInstant.Read(AsOf, instant, now)
                : null,
            PolicyHash = fields.Text(Policy, PolicyHash.Is, PolicyHash.Allowed),
            KeepNewest = fields.Number(KeepNewest, Setting.KeepNewest),
            KeepFor = fields.Number(KeepDays, Setting.Days),
        };
        return new(reconcile, ExecutionField.Read(fields)) { Run = RunField.Read(fields) };
    }
}
