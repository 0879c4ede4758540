"""Short forms of first names; each group stands for one name."""

_GROUPS = """
robert rob bob bobby robbie bert
william will bill billy liam willy
elizabeth liz lizzie beth betty eliza libby
richard rick rich dick richie ricky
james jim jimmy jamie
john johnny jack jon
jonathan jon jonny
michael mike mick micky mikey
thomas tom tommy
edward ed eddie ted ned
charles charlie chuck chas
catherine cathy cate kate katie cath
katherine kathy kate katie kat
kathleen kathy kath
margaret maggie meg peggy marge
patricia pat patty trish tricia
patrick pat paddy
christopher chris kit
christine chris chrissie tina
christina chris tina
daniel dan danny
danielle dani
david dave davey
joseph joe joey
joanne jo
joanna jo
josephine jo josie
samuel sam sammy
samantha sam sammy
benjamin ben benny
alexander alex al sandy xander sasha
alexandra alex sandra lexi sasha
andrew andy drew
anthony tony ant
antonio tony
matthew matt matty
nicholas nick nicky
nicola nicky
stephen steve
steven steve
stephanie steph
susan sue susie
suzanne sue suzie
jennifer jen jenny
jessica jess jessie
rebecca becky becca bex
victoria vicky vicki tori
deborah deb debbie
barbara barb barbie
pamela pam
timothy tim timmy
gregory greg
jeffrey jeff
geoffrey geoff jeff
kenneth ken kenny
ronald ron ronnie
donald don donnie
raymond ray
lawrence larry
laurence larry laurie
leonard len lenny leo
philip phil
phillip phil
peter pete
douglas doug
frederick fred freddie
francis frank fran
frances fran
gerald gerry jerry
gerard gerry
harold harry
henry harry hank
joshua josh
zachary zach zac
nathaniel nate nat
nathan nate
theodore ted theo
vincent vince vinny
walter walt
albert al bert
alfred alf fred
alan al
allan al
arthur art
abigail abby
amanda mandy
cynthia cindy
dorothy dot dottie
eleanor ellie nell
emily em emmy
gabriel gabe
gabrielle gabby
isabella bella izzy
isabel izzy bel
jacqueline jackie
judith judy
kimberly kim
madeleine maddy
natalie nat
olivia liv
oliver ollie olly
penelope penny
rachel rach
sarah sally
teresa terry tess
theresa terry tess
terence terry
valerie val
veronica ronnie
virginia ginny
winifred winnie
maximilian max
maxwell max
sebastian seb bas
dominic dom
martin marty
jacob jake
lucas luke
priyanka priya
mohammed mo
muhammad mo
mohamed mo
bradley brad
cameron cam
clifford cliff
curtis curt
desmond des
edmund ed
eugene gene
fergus ferg
gordon gord
herbert herb
hugh hughie
ignatius iggy
leslie les
louis lou
louise lou
melanie mel
melissa mel
mitchell mitch
morris mo
norman norm
randolph randy
reginald reg
rodney rod
russell russ
sidney sid
stanley stan
stuart stu
stewart stew stu
sylvester sly
tobias toby
wesley wes
harriet hattie
charlotte charlie lottie
caroline caro carrie
georgina georgie
philippa pip pippa
henrietta hattie etta
antoinette toni
bernadette bernie
bernard bernie
constance connie
florence flo
gwendolyn gwen
marjorie marge
roberta bobbie
rosemary rose rosie
vivian viv
wilhelm willi
johannes hannes
friedrich fritz
heinrich heinz
giuseppe beppe
giovanni gianni
alessandro sandro ale
francisco paco
jose pepe
enrique kike
jean-pierre jp
"""
SHORT = {}  # full name -> its short forms
for _line in _GROUPS.split("\n"):
    _names = _line.split()
    if _names:
        SHORT.setdefault(_names[0], set()).update(_names[1:])


def also_called(first):
    """What somebody of this first name may be called as well; and whose short form it may be."""
    out = set(SHORT.get(first, ()))
    for full, shorts in SHORT.items():
        if first in shorts:
            out.add(full)
    return out


_memo = {}


def variants(first):
    if first not in _memo:
        _memo[first] = frozenset(also_called(first))
    return _memo[first]
