namespace PushPruner.Recording;

/// <summary>
/// ECR doesn't show yet what was pushed less than two minutes ago. A retry helps: Lambda tries the event again a minute later, and by then
/// it is either there or gone.
/// </summary>
public sealed class NotVisibleYetException(string repository, Digest digest, string what)
    : Exception(
        $"{what} {digest} of {repository} was pushed less than two minutes ago, and ECR does not return it yet: try again in a minute");
