using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Projects;

namespace Touchstone.Annotations.Tests;

public sealed class PackTests
{
    public static TheoryData<string> Packs => [.. OntologyPacks.Names];

    [Fact]
    public void The_driving_packs_are_there() =>
        Assert.Equal(["driving/lanes", "driving/signs", "driving/traffic-lights", "driving/vehicles", "driving/vulnerable-road-users"], OntologyPacks.Names);

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_pack_survives_writing_and_reading(string name)
    {
        var pack = OntologyPacks.Load(name);
        var again = OntologyJson.Parse(OntologyJson.Write(pack)).ValueOrThrow();
        Assert.Equal(pack.Digest, again.Digest);
        Assert.Equal(OntologyJson.Write(pack), OntologyJson.Write(again));
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void Every_class_of_a_pack_has_a_key_a_colour_of_its_own_and_attributes_that_say_how_much_is_seen(string name)
    {
        var objects = Assert.IsType<ShapesQuestion>(OntologyPacks.Load(name).Find("objects"));
        Assert.Equal(objects.Classes.Count, objects.Classes.Select(c => c.Colour).Distinct().Count());
        Assert.All(objects.Classes, c => Assert.NotNull(c.Hotkey));
        Assert.All(objects.Classes, c => Assert.NotEmpty(c.Attributes));
    }

    [Fact]
    public void All_packs_join_with_keys_and_colours_that_differ()
    {
        var all = OntologyPacks.Merge(OntologyPacks.Names);
        var objects = Assert.IsType<ShapesQuestion>(Assert.Single(all.Questions));
        Assert.Equal(OntologyPacks.Names.Sum(name => ((ShapesQuestion)OntologyPacks.Load(name).Questions[0]).Classes.Count), objects.Classes.Count);
        Assert.Equal(objects.Classes.Count, objects.Classes.Select(c => c.Colour).Distinct().Count());
        Assert.Equal(objects.Classes.Count, objects.Classes.Select(c => c.Hotkey).Distinct().Count());
        Assert.DoesNotContain(null, objects.Classes.Select(c => c.Hotkey));

        // Reading it back applies the rule that no key does two things.
        Assert.Equal(all, OntologyJson.Parse(OntologyJson.Write(all)).ValueOrThrow());
        Assert.Equal(all.Digest, OntologyPacks.Merge(OntologyPacks.Names).Digest);
    }

    [Fact]
    public void Traffic_lights_say_state_arrow_lane_and_occlusion()
    {
        var light = ((ShapesQuestion)OntologyPacks.Load("driving/traffic-lights").Questions[0]).FindClass("traffic_light")!;
        var state = Assert.IsType<ChoiceQuestion>(light.FindAttribute("state"));
        Assert.Equal(["red", "red_amber", "amber", "green", "flashing_amber", "off", "unknown"], state.Options.Select(o => o.Id));
        Assert.All(["arrow", "relevant_to_ego", "lanes", "occlusion"], id => Assert.NotNull(light.FindAttribute(id)));
    }

    [Theory]
    [InlineData("vienna/B/B1", "B,1 Give way")]
    [InlineData("vienna/B/B2", "B,2 Stop")]
    [InlineData("vienna/C/C14", "C,14 Maximum speed")]
    [InlineData("mutcd/R/R1-1", "R1-1 STOP")]
    [InlineData("mutcd/R/R1-2", "R1-2 YIELD")]
    [InlineData("mutcd/R/R2-1", "R2-1 SPEED LIMIT")]
    [InlineData("mutcd/W/W11-2", "W11-2 Pedestrian")]
    public void Signs_are_a_taxonomy_of_real_codes(string path, string title)
    {
        var sign = ((ShapesQuestion)OntologyPacks.Load("driving/signs").Questions[0]).Classes[0];
        var options = ((ChoiceQuestion)sign.FindAttribute("code")!).Options;
        ChoiceOption? option = null;
        foreach (var step in path.Split('/'))
        {
            option = options.Single(o => o.Id == step);
            options = option.Children;
        }

        Assert.Equal(title, option!.Title);
    }

    [Fact]
    public void A_pedestrian_has_the_points_and_sigmas_of_COCO()
    {
        var pedestrian = ((ShapesQuestion)OntologyPacks.Load("driving/vulnerable-road-users").Questions[0]).FindClass("pedestrian")!;
        Assert.Contains(GeometryKind.Keypoints, pedestrian.Geometries);
        Assert.Equal(17, pedestrian.Keypoints!.Names.Count);
        Assert.Equal([.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089], pedestrian.Keypoints.Sigmas);
        Assert.Equal(19, pedestrian.Keypoints.Skeleton.Count);
    }

    [Fact]
    public void An_unknown_pack_is_named_with_those_that_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => OntologyPacks.Load("driving/boats"));
        Assert.Contains("driving/boats", error.Message, StringComparison.Ordinal);
        Assert.Contains("driving/vehicles", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_projects_own_classes_keep_their_keys_and_colours_before_those_of_packs()
    {
        var project = ProjectFile.Parse("""
            name: Streets
            ontology:
              packs: [driving/vehicles]
              questions:
                - id: objects
                  kind: shapes
                  classes:
                    - {id: shopping_cart, hotkey: 1, colour: "#56b4e9", geometries: [box]}
                - id: weather
                  kind: choice
                  when: {question: objects, contains: car}
                  options: [clear, rain]
            """).ValueOrThrow();

        var objects = (ShapesQuestion)project.Ontology.Find("objects")!;
        Assert.Equal("1", objects.FindClass("shopping_cart")!.Hotkey);
        Assert.Equal("#56b4e9", objects.FindClass("shopping_cart")!.Colour);
        Assert.NotEqual("1", objects.FindClass("car")!.Hotkey);
        Assert.NotEqual("#56b4e9", objects.FindClass("car")!.Colour);
        Assert.Equal(["objects", "weather"], project.Ontology.Questions.Select(q => q.Id));
    }
}
