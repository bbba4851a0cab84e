using PushPruner.Cli.Embedded;
using PushPruner.Cli.Replay;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Local;

/// <summary>What to paste, then a line a push as a replay has it, then its table.</summary>
sealed class LocalReport(TextWriter output)
{
    readonly TextReplayReport pushes = new(output);

    public void Seeded(string repository, IReadOnlyCollection<SeededImage> images)
    {
        var size = Bytes.Shown(images.Sum(i => i.SizeInBytes ?? 0));
        output.WriteLine($"Seeded {SafeText.Line(repository)} with {TextFormat.Manifests(images.Count)}, {size}.");
    }

    public void Begin(LocalSetup setup, Uri url)
    {
        pushes.Begin(setup.Settings.Policy, setup.Account, setup.Region);
        var endpoint = $"--endpoint-url http://{url.Authority} --region {setup.Region}";
        output.WriteLine($"""
            Push to it      docker tag IMAGE localhost:{url.Port}/app:1.0 && docker push localhost:{url.Port}/app:1.0
                            skopeo copy --all --dest-tls-verify=false docker://docker.io/library/alpine docker://localhost:{url.Port}/app:1.0
            Look at it      aws ecr describe-images --repository-name app {endpoint}
            Reconcile it    aws lambda invoke --function-name ReconcileRepository --payload fileb:///dev/stdin /dev/stdout {endpoint} <<< '{@"{""repository"":""app""}"}'
            The AWS CLI wants credentials, and any will do:  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
            Ctrl-C ends it.

            """);
        if (setup.Settings.DryRun)
            output.WriteLine("A dry run: it tells what would go, and deletes nothing.\n");
    }

    public void Handled(HandledPush push) => pushes.Handled(push);

    public void End(IReadOnlyList<RepositorySummary> repositories) => pushes.End(repositories);
}
