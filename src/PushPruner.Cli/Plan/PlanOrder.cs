namespace PushPruner.Cli.Plan;

/// <summary>In which order the repositories are shown.</summary>
enum PlanOrder
{
    Name,

    Size,

    Saved,
}
